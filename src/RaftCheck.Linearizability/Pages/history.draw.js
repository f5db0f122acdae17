// Draws what is in the window, and only that: for each visible lane the first visible operation is found by halving.
const canvas = byId('lanes');
const pen = canvas.getContext('2d');
const colours = {};
const selection = { op: -1, hovered: -1 };
const axisHeight = 24;
const bandHeight = 19;
let labelFont = '';
let smallFont = '';
let charWidth = 7;
let laneHeight = 38;
let isRedrawAsked = false;

const headHeight = () => axisHeight + bandRows * bandHeight + 4;
const barHeight = () => Math.max(6, Math.min(24, laneHeight - 6));
const laneTop = row => headHeight() + row * laneHeight - view.top;
// Where lanes change hands, the newcomer's number needs room above the bar.
const barTop = row => laneTop(row) + (hasTags() ? laneHeight - barHeight() - 5 : (laneHeight - barHeight()) / 2);
const barBottom = row => barTop(row) + barHeight();
const hasTags = () => layout.isShared && laneHeight >= 40;

function readColours() {
  const style = getComputedStyle(root);
  for (const name of ['paper', 'ink', 'soft', 'line', 'faint', 'write', 'write-edge', 'read', 'read-edge', 'fail', 'fail-edge',
    'unknown', 'unknown-edge', 'core', 'core-edge', 'blocked', 'blocked-edge', 'fault', 'focus']) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
  const mono = style.getPropertyValue('--mono').trim();
  labelFont = `12px ${mono}`;
  smallFont = `11px ${getComputedStyle(document.body).fontFamily}`;
  pen.font = labelFont;
  charWidth = pen.measureText('0000000000').width / 10;
}

function redraw() {
  if (isRedrawAsked) return;
  isRedrawAsked = true;
  requestAnimationFrame(drawNow);
}

function drawNow() {
  isRedrawAsked = false;
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, view.width, view.height);
  drawBandAreas();
  drawLaneLines();
  drawBlockedLine();
  const [firstRow, lastRow] = visibleRows();
  for (let row = firstRow; row <= lastRow; row++) drawLane(row);
  drawStandouts(firstRow, lastRow);
  if (shown.path) drawPath();
  drawHead();
  drawGutter(firstRow, lastRow);
  drawOverview();
}

function visibleRows() {
  const first = Math.max(0, Math.floor(view.top / laneHeight));
  const last = Math.min(layout.lanes.length - 1, Math.floor((view.top + view.height - headHeight()) / laneHeight));
  return [first, last];
}

function drawLaneLines() {
  pen.fillStyle = colours.line;
  const [first, last] = visibleRows();
  for (let row = first; row <= last; row++) {
    const y = Math.round(laneTop(row) + laneHeight) - 1;
    if (y > headHeight() && y < view.height - 1) pen.fillRect(gutter, y, view.width - gutter, 0.5);
  }
}

// All but the operations that stand out, which come later and on top. Where many fall on one pixel, one is drawn.
function drawLane(row) {
  const ops = layout.lanes[row];
  let drawnTo = -1;
  for (let i = Math.max(0, firstEndingAt(ops, view.from) - 1); i < ops.length; i++) {
    const op = ops[i];
    if (layout.from[op] > view.to) break;
    const right = toX(layout.to[op]);
    if (right < drawnTo + 0.7) continue;
    drawnTo = right;
    if (!standsOut(op)) drawBar(op, row, nextStart(ops, i));
  }
}

const standsOut = op => isCore[op] === 1 || op === selection.op || op === selection.hovered;

function drawStandouts(firstRow, lastRow) {
  const extra = [selection.hovered, selection.op].filter(op => op >= 0 && isCore[op] === 0);
  for (const op of [...data.core, ...extra]) {
    const row = layout.rowOf[op];
    if (row < firstRow || row > lastRow || layout.from[op] > view.to) continue;
    if (!isUnknown(op) && layout.to[op] < view.from) continue;
    const ops = layout.lanes[row];
    drawBar(op, row, nextStart(ops, lowerBound(ops, op)));
  }
}

const nextStart = (ops, i) => (i + 1 < ops.length ? layout.from[ops[i + 1]] : Infinity);

const isDimmed = op => (search.matches !== null ? search.matches[op] === 0 : data.core.length > 1 && !shown.coreOnly && isCore[op] === 0)
  && op !== selection.op && op !== selection.hovered;

function styleOf(op) {
  if (op === data.blocked) return 'blocked';
  if (isCore[op]) return 'core';
  if (isFailed(op)) return 'fail';
  if (isUnknown(op)) return 'unknown';
  return data.isRead[op] ? 'read' : 'write';
}

function drawBar(op, row, next) {
  const left = Math.max(toX(layout.from[op]), gutter - 20);
  const solidRight = Math.min(Math.max(toX(layout.to[op]), left + 2.5), view.width + 20);
  const fadeRight = isUnknown(op) ? Math.min(toX(next) - 3, view.width + 20) : solidRight;
  const right = Math.max(solidRight, fadeRight);
  const box = { left, right, solidRight, top: barTop(row), height: barHeight() };
  if (right < gutter || left > view.width) return;
  pen.globalAlpha = isDimmed(op) ? 0.45 : 1;
  drawShape(op, box);
  drawLabel(op, box, Math.min(toX(next), view.width));
  pen.globalAlpha = 1;
}

function drawShape(op, box) {
  const style = styleOf(op);
  const width = box.right - box.left;
  pen.fillStyle = isUnknown(op) ? fade(box, colours[style]) : colours[style];
  if (width < 4 && !standsOut(op)) {
    pen.fillStyle = colours[`${style}-edge`];
    pen.fillRect(box.left, box.top, Math.max(width, 1), box.height);
    return;
  }
  const shape = new Path2D();
  shape.roundRect(box.left, box.top, width, box.height, Math.min(4, width / 2));
  pen.fill(shape);
  if (isFailed(op)) hatch(box, shape, colours['fail-edge']);
  pen.strokeStyle = isUnknown(op) ? fade(box, colours[`${style}-edge`]) : colours[`${style}-edge`];
  pen.lineWidth = isCore[op] || op === data.blocked ? 2 : 1;
  pen.setLineDash(isFailed(op) ? [4, 3] : []);
  pen.stroke(shape);
  pen.setLineDash([]);
  if (op === selection.op || op === selection.hovered) drawFocus(box, op === selection.op);
}

// An end that nobody knows has no edge: the bar vanishes to where the lane has something else to show.
function fade(box, colour) {
  const gradient = pen.createLinearGradient(box.left, 0, Math.max(box.right, box.left + 1), 0);
  const solid = Math.min(0.9, Math.max(0, (box.solidRight - box.left) / Math.max(1, box.right - box.left)) * 0.8);
  gradient.addColorStop(0, colour);
  gradient.addColorStop(solid, colour);
  // The colours are of six digits: two more are its opacity. Plain "transparent" would be black on the way.
  gradient.addColorStop(1, `${colour}00`);
  return gradient;
}

function hatch(box, shape, colour) {
  pen.save();
  pen.clip(shape);
  pen.beginPath();
  const from = Math.max(box.left, gutter) - box.height;
  for (let x = from - (from % 7); x < Math.min(box.right, view.width); x += 7) {
    pen.moveTo(x, box.top + box.height);
    pen.lineTo(x + box.height, box.top);
  }
  pen.strokeStyle = colour;
  pen.globalAlpha *= 0.3;
  pen.lineWidth = 1;
  pen.stroke();
  pen.restore();
}

function drawFocus(box, isSelected) {
  pen.strokeStyle = colours.focus;
  pen.lineWidth = isSelected ? 2 : 1;
  pen.beginPath();
  pen.roundRect(box.left - 3, box.top - 3, box.right - box.left + 6, box.height + 6, 6);
  pen.stroke();
}

// Inside of the bar, cut to fit; or right of a short one, where there is room.
function drawLabel(op, box, limit) {
  if (barHeight() < 13) return;
  const place = placeOf[op] >= 0 ? String(placeOf[op] + 1) : '';
  const symbol = op === data.blocked ? '\u2715 ' : isCore[op] ? '\u25c6 ' : '';
  const whole = symbol + labelOf(op);
  const left = Math.max(box.left, gutter) + 6;
  const room = Math.min(box.right, view.width) - left - 4;
  const placeRoom = place === '' ? 0 : (place.length + 1) * charWidth;
  const needed = placeRoom + whole.length * charWidth;
  const outside = limit - box.right - 10;
  const isOutside = needed > room && !isUnknown(op) && box.right > gutter && outside >= needed;
  if (!isOutside && room < charWidth * Math.max(1, place.length)) return;
  const x = isOutside ? box.right + 6 : left;
  drawLabelAt(x, box, isOutside ? outside : room, place, whole);
}

function drawLabelAt(x, box, room, place, whole) {
  const y = box.top + box.height / 2 + 0.5;
  const placeRoom = place === '' ? 0 : (place.length + 1) * charWidth;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = colours.ink;
  if (place !== '') {
    pen.font = `bold ${labelFont}`;
    pen.fillText(place, x, y);
  }
  const fit = Math.floor((room - placeRoom) / charWidth + 0.01);
  if (fit < 1 || (fit < 3 && whole.length > fit)) return;
  // A character may be wider than the others, and then the edge cuts it.
  pen.save();
  pen.beginPath();
  pen.rect(x, box.top, room, box.height);
  pen.clip();
  pen.font = labelFont;
  pen.fillText(whole.length <= fit ? whole : `${whole.slice(0, Math.max(1, fit - 1))}\u2026`, x + placeRoom, y);
  pen.restore();
}
