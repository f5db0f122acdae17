// Which operations are shown, and where. Positions are in units of the axis: events, counting only those of the operations
// that are shown, so that a few of many stand side by side; or milliseconds.
const shown = { part: -1, coreOnly: false, byTime: false, path: false };
const layout = {
  ops: [], lanes: [], rowOf: new Int32Array(count), from: new Float64Array(count), to: new Float64Array(count),
  events: new Int32Array(0), first: 0, last: 1, meanLength: 1, isShared: false,
};

const isShown = op => (shown.part < 0 || data.part[op] === shown.part) && (!shown.coreOnly || isCore[op] === 1);

function buildLayout() {
  layout.ops = [];
  for (let op = 0; op < count; op++) if (isShown(op)) layout.ops.push(op);
  layout.events = eventsOf(layout.ops);
  buildLanes();
  placeAll();
}

function eventsOf(ops) {
  const events = [];
  for (const op of ops) {
    events.push(calls[op]);
    if (returns[op] >= 0) events.push(returns[op]);
  }
  return Int32Array.from(events).sort();
}

function buildLanes() {
  const byLane = new Map();
  for (const op of layout.ops) {
    const lane = data.lane[op];
    if (!byLane.has(lane)) byLane.set(lane, []);
    byLane.get(lane).push(op);
  }
  // A lane without operations to show is left out.
  layout.lanes = [...byLane.keys()].sort((a, b) => a - b).map(lane => byLane.get(lane));
  layout.isShared = layout.lanes.some(ops => ops.some(op => data.process[op] !== data.process[ops[0]]));
  layout.rowOf.fill(-1);
  layout.lanes.forEach((ops, row) => ops.forEach(op => { layout.rowOf[op] = row; }));
}

function placeAll() {
  let total = 0;
  layout.first = Infinity;
  layout.last = -Infinity;
  for (const ops of layout.lanes) {
    let reached = -Infinity;
    for (const op of ops) {
      // Clocks may run backwards; what one process did after another thing stays to the right of it.
      const from = Math.max(reached, positionOfCall(op));
      const to = Math.max(from, returns[op] < 0 ? from : positionOfReturn(op));
      layout.from[op] = from;
      layout.to[op] = reached = to;
      layout.first = Math.min(layout.first, from);
      layout.last = Math.max(layout.last, to);
      total += to - from;
    }
  }
  if (layout.ops.length === 0) [layout.first, layout.last] = [0, 1];
  layout.meanLength = layout.ops.length === 0 ? 1 : total / layout.ops.length;
}

const positionOfCall = op => (shown.byTime ? data.callTime[op] / 1e6 : lowerBound(layout.events, calls[op]));
const positionOfReturn = op => (shown.byTime ? data.returnTime[op] / 1e6 : lowerBound(layout.events, returns[op]));

// Where a line of the nemesis stands: between the events before and after it.
function positionOfFault(index, time) {
  if (!shown.byTime) return lowerBound(layout.events, index) - 0.5;
  return time < 0 ? layout.first : (time - data.timeBase) / 1e6;
}

// The number of elements below the value, of a sorted array.
function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The first place in a lane whose operation ends at the position or later: all before it are out of sight.
function firstEndingAt(ops, position) {
  let low = 0;
  let high = ops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layout.to[ops[middle]] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The window on the axis, and how far the lanes are scrolled, in pixels.
const view = { from: 0, to: 1, top: 0, width: 1, height: 1 };
const gutter = 58;
const scale = () => (view.width - gutter) / (view.to - view.from);
const toX = position => gutter + (position - view.from) * scale();
const toPosition = x => view.from + (x - gutter) / scale();
const axisMargin = () => Math.max((layout.last - layout.first) * 0.02, shown.byTime ? 1e-6 : 0.8);

// An operation without an end needs some room to fade in.
const endMargin = () => axisMargin() * (hasUnknown ? 3 : 1);
const wholeLength = () => layout.last - layout.first + axisMargin() + endMargin();

function setWindow(from, to) {
  const whole = wholeLength();
  const smallest = Math.min(whole, shown.byTime ? Math.max(layout.meanLength / 8, 1e-6) : 2);
  const length = Math.min(Math.max(to - from, smallest), whole);
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(middle - length / 2, layout.first - axisMargin()), layout.last + endMargin() - length);
  view.from = start;
  view.to = start + length;
}

const fitAll = () => setWindow(layout.first - axisMargin(), layout.last + endMargin());

function zoomAt(x, factor) {
  const at = toPosition(x);
  setWindow(at - (at - view.from) / factor, at + (view.to - at) / factor);
}

// A window in which labels can be read, around what matters most.
function showStart() {
  const wished = (view.width - gutter) / (92 / Math.max(layout.meanLength, 1e-9));
  if (wholeLength() <= wished * 1.25) return fitAll();
  const core = data.core.filter(isShown);
  const blocked = data.blocked >= 0 && isShown(data.blocked) ? data.blocked : -1;
  if (core.length === 0 && blocked < 0) return setWindow(layout.first - axisMargin(), layout.first - axisMargin() + wished);
  const ops = core.length > 0 ? core : [blocked];
  const from = Math.min(...ops.slice(0, 1000).map(op => layout.from[op]));
  const to = Math.max(...ops.slice(0, 1000).map(op => layout.to[op]));
  if (to - from <= wished * 2) return setWindow(from - Math.max(wished * 0.1, (wished - to + from) / 2), to + Math.max(wished * 0.1, (wished - to + from) / 2));
  const end = layout.to[blocked >= 0 ? blocked : ops[ops.length - 1]];
  return setWindow(end - wished * 0.75, end + wished * 0.25);
}
