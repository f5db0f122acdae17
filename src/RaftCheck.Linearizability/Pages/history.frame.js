// What is around the operations: the axis, faults, process numbers, the line where it breaks, and the overview.
const overview = byId('overview');
const overviewPen = overview.getContext('2d');
const overviewHeight = 34;

function drawBandAreas() {
  pen.fillStyle = colours.fault;
  for (const band of bands) {
    const left = Math.max(gutter, toX(band.from));
    const right = Math.min(view.width, toX(band.to));
    if (right < gutter || left > view.width) continue;
    pen.globalAlpha = band.isMoment ? 0.35 : 0.09;
    pen.fillRect(left, axisHeight, band.isMoment ? 1 : Math.max(1, right - left), view.height);
  }
  pen.globalAlpha = 1;
}

function drawHead() {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, view.width, headHeight() - 2);
  pen.fillStyle = colours.line;
  pen.fillRect(0, headHeight() - 3, view.width, 1);
  drawTicks();
  for (const band of bands) drawBandLabel(band);
}

function drawBandLabel(band) {
  const left = Math.max(gutter, toX(band.from));
  const right = Math.min(view.width, toX(band.to));
  if (right < gutter || left > view.width) return;
  const top = axisHeight + band.row * bandHeight;
  pen.fillStyle = colours.fault;
  if (band.isMoment) {
    pen.beginPath();
    pen.moveTo(left - 4, top + 2);
    pen.lineTo(left + 4, top + 2);
    pen.lineTo(left, top + 10);
    pen.fill();
  } else {
    pen.fillRect(left, top, Math.max(2, right - left), 3);
  }
  const room = band.isMoment ? bandRoom(band, left) : right - left - 4;
  writeCut(band.isOpen ? `${band.label} (not ended)` : band.label, left + (band.isMoment ? 8 : 4), top + 11, room - 4);
}

// A moment has no length: its label may go as far as the next thing in its row.
const bandRoom = (band, left) => Math.min(240, Math.min(view.width, toX(band.nextInRow) - 6) - left - 8);

function writeCut(words, x, y, room) {
  if (room < 14) return;
  pen.font = smallFont;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  let length = words.length;
  while (length > 0 && pen.measureText(length < words.length ? `${words.slice(0, length)}\u2026` : words).width > room) length = Math.floor(length * 0.9);
  if (length > 0) pen.fillText(length < words.length ? `${words.slice(0, length)}\u2026` : words, x, y);
}

function drawTicks() {
  pen.font = smallFont;
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  const step = niceStep(96 / scale());
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
    const label = tickLabel(at);
    const x = toX(at);
    if (label === '' || x < gutter + 12 || x > view.width - 28) continue;
    pen.fillStyle = colours.line;
    pen.fillRect(Math.round(x), axisHeight - 5, 1, 5);
    pen.fillStyle = colours.soft;
    pen.fillText(label, x, axisHeight / 2 - 1);
  }
  pen.textAlign = 'left';
  pen.fillStyle = colours.soft;
  pen.fillText(shown.byTime ? 'time' : 'event', 10, axisHeight / 2 - 1);
}

function niceStep(least) {
  const size = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find(factor => factor * size >= least) * size;
  return shown.byTime ? step : Math.max(1, Math.round(step));
}

function tickLabel(at) {
  if (shown.byTime) return at < 0 ? '' : timeText(Math.round(at * 1e6));
  const index = layout.events[at];
  return index === undefined ? '' : String(index);
}

function drawGutter(firstRow, lastRow) {
  pen.fillStyle = colours.paper;
  pen.fillRect(0, headHeight() - 2, gutter, view.height);
  pen.fillStyle = colours.line;
  pen.fillRect(gutter - 1, axisHeight, 1, view.height);
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  for (let row = firstRow; row <= lastRow; row++) {
    if (laneHeight < 12 && row % Math.ceil(12 / laneHeight) !== 0) continue;
    const ops = layout.lanes[row];
    // The process that the lane belongs to at the left edge of the window.
    const op = ops[Math.min(ops.length - 1, firstEndingAt(ops, view.from))];
    pen.font = labelFont;
    pen.fillStyle = selection.op >= 0 && layout.rowOf[selection.op] === row ? colours.ink : colours.soft;
    const name = text(data.process[op]);
    pen.fillText(name.length > 6 ? `\u2026${name.slice(-5)}` : name, gutter - 8, barTop(row) + barHeight() / 2);
    drawNewcomers(ops, row);
  }
  pen.textAlign = 'left';
  // Lanes that are scrolled up must not show through the head.
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, gutter, headHeight() - 3);
  pen.font = smallFont;
  pen.fillStyle = colours.soft;
  pen.fillText(shown.byTime ? 'time' : 'event', 10, axisHeight / 2 - 1);
  if (bandRows > 0) pen.fillText('faults', 10, axisHeight + 9);
}

// Where another process takes over a lane, its number stands above its first operation.
function drawNewcomers(ops, row) {
  if (!hasTags() || scale() < 2) return;
  pen.font = smallFont;
  pen.fillStyle = colours.soft;
  pen.textAlign = 'left';
  for (let i = Math.max(1, firstEndingAt(ops, view.from)); i < ops.length && layout.from[ops[i]] <= view.to; i++) {
    const x = toX(layout.from[ops[i]]);
    if (data.process[ops[i]] !== data.process[ops[i - 1]] && x > gutter) pen.fillText(`process ${text(data.process[ops[i]])}`, x, barTop(row) - 8);
  }
  pen.textAlign = 'right';
}

// Where the operation that no order explains returned.
function drawBlockedLine() {
  if (data.blocked < 0 || layout.rowOf[data.blocked] < 0) return;
  const x = toX(layout.to[data.blocked]);
  if (x < gutter || x > view.width) return;
  pen.strokeStyle = colours['blocked-edge'];
  pen.lineWidth = 1.5;
  pen.setLineDash([2, 4]);
  pen.beginPath();
  pen.moveTo(x, headHeight());
  pen.lineTo(x, view.height);
  pen.stroke();
  pen.setLineDash([]);
}

// Through the operations in their order, each at a moment at which it can have taken effect.
function drawPath() {
  const order = pathOrder();
  if (order < 0) return;
  const steps = effectsOf(order);
  let first = 0;
  while (first < steps.length && steps[first].at < view.from) first++;
  pen.beginPath();
  for (let i = Math.max(0, first - 1); i < steps.length; i++) {
    const x = toX(steps[i].at);
    const y = barBottom(layout.rowOf[steps[i].op]);
    pen.lineTo(x, y);
    if (steps[i].at > view.to) break;
  }
  pen.strokeStyle = colours.focus;
  pen.lineWidth = 1.5;
  pen.lineJoin = 'round';
  pen.globalAlpha = 0.7;
  pen.stroke();
  pen.globalAlpha = 1;
  drawPathDots(steps, first);
}

function drawPathDots(steps, first) {
  if (scale() < 1.5 && !shown.byTime) return;
  pen.fillStyle = colours.focus;
  for (let i = first; i < Math.min(steps.length, first + 3000) && steps[i].at <= view.to; i++) {
    pen.beginPath();
    pen.arc(toX(steps[i].at), barBottom(layout.rowOf[steps[i].op]), 3, 0, 7);
    pen.fill();
  }
}

// How many operations there are along the whole axis, what stands out among them, and where the window is.
let density = new Float64Array(0);

function measureDensity() {
  density = new Float64Array(Math.max(1, Math.round((view.width - gutter) / 3)));
  for (const op of layout.ops) density[densityAt(layout.from[op])]++;
}

function densityAt(position) {
  const share = (position - layout.first) / Math.max(layout.last - layout.first, 1e-9);
  return Math.min(density.length - 1, Math.max(0, Math.floor(share * density.length)));
}

const overviewX = position => gutter + ((position - layout.first) / Math.max(layout.last - layout.first, 1e-9)) * (view.width - gutter);
const overviewPosition = x => layout.first + ((x - gutter) / (view.width - gutter)) * (layout.last - layout.first);

function drawOverview() {
  const p = overviewPen;
  p.fillStyle = colours.paper;
  p.fillRect(0, 0, view.width, overviewHeight);
  const most = density.reduce((a, b) => Math.max(a, b), 1);
  p.fillStyle = colours['read-edge'];
  p.globalAlpha = 0.45;
  density.forEach((n, i) => {
    const height = (n / most) * 18;
    if (n > 0) p.fillRect(gutter + i * 3, overviewHeight - 4 - Math.max(1, height), 2.5, Math.max(1, height));
  });
  p.globalAlpha = 1;
  for (const op of search.hits.slice(0, 5000)) if (layout.rowOf[op] >= 0) overviewMark(op, 'focus', 4);
  for (const op of data.core) if (layout.rowOf[op] >= 0) overviewMark(op, 'core-edge', 7);
  if (data.blocked >= 0 && layout.rowOf[data.blocked] >= 0) overviewMark(data.blocked, 'blocked-edge', 9);
  drawOverviewWindow(p);
}

function overviewMark(op, colour, height) {
  overviewPen.fillStyle = colours[colour];
  overviewPen.fillRect(overviewX(layout.from[op]) - 1, 2, 2.5, height);
}

function drawOverviewWindow(p) {
  const left = Math.max(gutter, overviewX(view.from));
  const right = Math.min(view.width, overviewX(view.to));
  p.strokeStyle = colours.ink;
  p.lineWidth = 1.5;
  p.strokeRect(left + 0.75, 1.75, Math.max(3, right - left - 1.5), overviewHeight - 3.5);
  p.font = smallFont;
  p.textBaseline = 'middle';
  p.fillStyle = colours.soft;
  p.fillText('all', 10, overviewHeight / 2);
}
