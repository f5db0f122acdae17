// Faults as rows of bands, and the path of an order through the operations.
let bands = [];
let bandRows = 0;
const bandRowsMax = 3;

function placeBands() {
  const ends = [];
  bands = data.faults.map(fault => {
    const from = positionOfFault(fault.start, fault.startTime);
    const to = fault.end < 0 ? Infinity : positionOfFault(fault.end, fault.endTime);
    let row = ends.findIndex(end => end <= from);
    if (row < 0) row = Math.min(ends.length, bandRowsMax - 1);
    ends[row] = Math.max(ends[row] ?? -Infinity, fault.start === fault.end ? to + 1e-9 : to);
    return { from, to, row, nextInRow: Infinity, isMoment: fault.start === fault.end, isOpen: fault.end < 0, label: text(fault.label) };
  });
  bandRows = Math.min(ends.length, bandRowsMax);
  const next = [];
  for (const band of [...bands].reverse()) {
    band.nextInRow = next[band.row] ?? Infinity;
    next[band.row] = band.from;
  }
}

// Each operation takes effect as early as its place in the order allows. The order is one of the results' own, so this is
// never later than the operation's return; where it would be, the picture is kept honest by the clamp.
const effects = new Map();

function effectsOf(number) {
  const key = `${number} ${shown.byTime} ${shown.coreOnly} ${shown.part}`;
  if (!effects.has(key)) {
    let reached = -Infinity;
    effects.clear();
    effects.set(key, data.orders[number].operations.map(op => {
      if (layout.rowOf[op] < 0) return null;
      reached = Math.max(reached, layout.from[op]);
      return { op, at: isUnknown(op) ? reached : Math.min(reached, layout.to[op]) };
    }).filter(each => each !== null));
  }
  return effects.get(key);
}

// The order that the path shows: the selected operation's, or the shown part's, or the only one.
function pathOrder() {
  if (selection.op >= 0 && orderOf[selection.op] >= 0) return orderOf[selection.op];
  if (data.orders.length === 1) return 0;
  return data.orders.findIndex(order => order.part === shown.part);
}
