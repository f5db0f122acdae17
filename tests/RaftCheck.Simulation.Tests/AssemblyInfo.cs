// A scheduler explores one scenario at a time, and Coyote keeps books for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
