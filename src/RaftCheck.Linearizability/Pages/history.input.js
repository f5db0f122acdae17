// Keys, pointer and buttons.
let drag = null;

function opAt(x, y) {
  const row = Math.floor((y - headHeight() + view.top) / laneHeight);
  if (x < gutter || y < headHeight() || row < 0 || row >= layout.lanes.length) return -1;
  const ops = layout.lanes[row];
  // A bar of less than a few pixels is hit from nearby.
  const i = firstEndingAt(ops, toPosition(x - 4));
  if (i < ops.length && toX(layout.from[ops[i]]) <= x + 4) return ops[i];
  return i > 0 && isUnknown(ops[i - 1]) ? ops[i - 1] : -1;
}

function hover(op) {
  if (op === selection.hovered) return;
  selection.hovered = op;
  canvas.classList.toggle('pointing', op >= 0);
  showPanel(op >= 0 ? op : selection.op);
  redraw();
}

function listenToPointer() {
  canvas.addEventListener('pointerdown', e => {
    if (e.button !== 0) return;
    drag = { x: e.offsetX, y: e.offsetY, from: view.from, to: view.to, top: view.top, moved: false };
    canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener('pointermove', e => (drag === null ? hover(opAt(e.offsetX, e.offsetY)) : dragTo(e.offsetX, e.offsetY)));
  canvas.addEventListener('pointerup', e => {
    if (drag !== null && !drag.moved) select(opAt(e.offsetX, e.offsetY), false);
    endDrag();
  });
  canvas.addEventListener('pointercancel', endDrag);
  canvas.addEventListener('pointerleave', () => hover(-1));
  canvas.addEventListener('wheel', turnWheel, { passive: false });
  const toOverview = e => { if (e.buttons & 1) moveTo(overviewPosition(e.offsetX)); };
  overview.addEventListener('pointerdown', e => { overview.setPointerCapture(e.pointerId); toOverview(e); });
  overview.addEventListener('pointermove', toOverview);
}

function dragTo(x, y) {
  if (!drag.moved && Math.abs(x - drag.x) + Math.abs(y - drag.y) < 4) return;
  drag.moved = true;
  canvas.classList.add('dragging');
  const by = (drag.x - x) / scale();
  setWindow(drag.from + by, drag.to + by);
  scrollTo(drag.top + drag.y - y);
  redraw();
}

function endDrag() {
  drag = null;
  canvas.classList.remove('dragging');
}

function scrollTo(top) {
  view.top = Math.min(Math.max(0, top), Math.max(0, layout.lanes.length * laneHeight + headHeight() - view.height));
}

function turnWheel(e) {
  e.preventDefault();
  const unit = e.deltaMode === 1 ? 16 : 1;
  if (e.shiftKey) scrollTo(view.top + (e.deltaY || e.deltaX) * unit);
  else if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) pan((e.deltaX * unit) / scale());
  else zoomAt(Math.max(gutter, e.offsetX), Math.exp(-e.deltaY * unit * 0.0016));
  redraw();
}

function pan(by) {
  setWindow(view.from + by, view.to + by);
}

function moveTo(position) {
  const half = (view.to - view.from) / 2;
  setWindow(position - half, position + half);
  redraw();
}

function zoom(factor) {
  const op = selection.op;
  const at = op >= 0 && layout.rowOf[op] >= 0 && layout.to[op] >= view.from && layout.from[op] <= view.to
    ? toX((Math.max(layout.from[op], view.from) + Math.min(layout.to[op], view.to)) / 2) : gutter + (view.width - gutter) / 2;
  zoomAt(at, factor);
  redraw();
}

const keys = {
  ArrowLeft: () => stepInLane(-1), ArrowRight: () => stepInLane(1), ArrowUp: () => stepAcross(-1), ArrowDown: () => stepAcross(1),
  Home: () => select(layout.ops[0] ?? -1), End: () => select(layout.ops[layout.ops.length - 1] ?? -1),
  n: () => stepInList(data.core.filter(isShown), 1), p: () => stepInList(data.core.filter(isShown), -1),
  ']': () => stepInOrder(1), '[': () => stepInOrder(-1),
  '/': () => byId('search').focus(), '?': () => toggleHelp(),
  '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), 0: () => { fitAll(); redraw(); },
  c: () => setCoreOnly(!shown.coreOnly), o: () => setPath(!shown.path), t: () => setByTime(!shown.byTime),
  Escape: () => select(-1),
};

function pressKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || byId('help').open) return;
  // Fields and menus have keys of their own.
  if (/^(INPUT|SELECT|TEXTAREA|SUMMARY)$/.test(e.target.tagName ?? '')) return;
  const action = Object.hasOwn(keys, e.key) ? keys[e.key] : undefined;
  if (action === undefined) return;
  e.preventDefault();
  action();
}

// Without a selection, the first step goes to what matters most, or to what is in sight.
function startingOp() {
  if (data.blocked >= 0 && isShown(data.blocked)) return data.blocked;
  const core = data.core.find(isShown);
  return core ?? layout.ops.find(op => layout.to[op] >= view.from) ?? -1;
}

function stepInLane(step) {
  if (layout.rowOf[selection.op] === undefined || layout.rowOf[selection.op] < 0) return select(startingOp());
  const ops = layout.lanes[layout.rowOf[selection.op]];
  const next = ops[lowerBound(ops, selection.op) + step];
  if (next !== undefined) select(next);
}

function stepAcross(step) {
  const row = layout.rowOf[selection.op];
  if (row === undefined || row < 0) return select(startingOp());
  const ops = layout.lanes[row + step];
  if (ops === undefined) return;
  const middle = (layout.from[selection.op] + layout.to[selection.op]) / 2;
  const i = Math.min(ops.length - 1, firstEndingAt(ops, middle));
  const away = op => Math.max(layout.from[op] - middle, middle - layout.to[op], 0);
  select(i > 0 && away(ops[i - 1]) < away(ops[i]) ? ops[i - 1] : ops[i]);
}

function stepInList(ops, step) {
  if (ops.length === 0) return;
  const i = lowerBound(ops, selection.op);
  if (selection.op < 0) select(step > 0 ? ops[0] : ops[ops.length - 1]);
  else if (step > 0) select(ops[(ops[i] === selection.op ? i + 1 : i) % ops.length]);
  else select(ops[(i - 1 + ops.length) % ops.length]);
}

function stepInOrder(step) {
  const order = data.orders[selection.op >= 0 && orderOf[selection.op] >= 0 ? orderOf[selection.op] : Math.max(0, pathOrder())];
  if (order === undefined) return;
  const place = placeOf[selection.op] ?? -1;
  const next = order.operations[place < 0 ? order.operations.length - 1 : place + step];
  if (next !== undefined) select(next);
}

function toggleHelp() {
  const help = byId('help');
  if (help.open) help.close();
  else help.showModal();
}
