// The page's state, and its start.
function select(op, isRevealed = true) {
  selection.op = op;
  if (op >= 0 && layout.rowOf[op] < 0) showAllFor(op);
  if (op >= 0 && isRevealed) reveal(op);
  showPanel(op);
  say(op);
  rememberSelection();
  redraw();
}

// An operation that is asked for is shown, whatever was hidden.
function showAllFor(op) {
  if (shown.part >= 0 && data.part[op] !== shown.part) shown.part = data.part[op];
  if (shown.coreOnly && !isCore[op]) shown.coreOnly = false;
  relayout(fitAll);
}

function reveal(op) {
  const length = view.to - view.from;
  if (layout.from[op] < view.from || layout.from[op] > view.to || (layout.to[op] > view.to && layout.to[op] - layout.from[op] < length)) {
    const middle = layout.from[op] + Math.min(layout.to[op] - layout.from[op], length / 2) / 2;
    setWindow(middle - length / 2, middle + length / 2);
  }
  const top = layout.rowOf[op] * laneHeight;
  const height = view.height - headHeight();
  if (top < view.top) scrollTo(top);
  else if (top + laneHeight > view.top + height) scrollTo(top + laneHeight - height);
}

// So that a link to the page can lead to an operation. Some browsers forbid this to local files.
function rememberSelection() {
  try {
    window.history.replaceState(null, '', selection.op < 0 ? '#' : `#op=${selection.op}`);
  } catch {
    // The page works without.
  }
}

function relayout(show) {
  effects.clear();
  setKeyNeeded(data.parts.length > 1 && shown.part < 0);
  buildLayout();
  placeBands();
  resize();
  scrollTo(view.top);
  show();
  byId('empty').hidden = layout.ops.length > 0;
  byId('empty').textContent = count === 0 ? 'This history has no operations.' : 'No operation fits this choice.';
  byId('part').value = String(shown.part);
  byId('core-only').setAttribute('aria-pressed', String(shown.coreOnly));
  byId('axis').setAttribute('aria-pressed', String(shown.byTime));
  runSearch(byId('search').value);
  if (selection.op < 0) showPanel(-1);
  redraw();
}

function setPart(part) {
  shown.part = part;
  if (selection.op >= 0 && !isShown(selection.op)) selection.op = -1;
  relayout(showStart);
  showPanel(selection.op);
}

function setCoreOnly(isOn) {
  if (data.core.length < 2) return;
  shown.coreOnly = isOn;
  if (selection.op >= 0 && !isShown(selection.op)) selection.op = -1;
  relayout(isOn ? fitAll : showStart);
  showPanel(selection.op);
}

function setByTime(isOn) {
  if (data.hasTimeAxis !== 1) return;
  shown.byTime = isOn;
  relayout(showStart);
  if (selection.op >= 0) reveal(selection.op);
}

function setPath(isOn) {
  if (data.orders.length === 0) return;
  shown.path = isOn;
  byId('path').setAttribute('aria-pressed', String(isOn));
  redraw();
}

// Lanes are as high as is good to read, and lower where there are many; then they scroll.
function resize() {
  view.width = Math.max(240, byId('timeline').clientWidth);
  const lanes = Math.max(layout.lanes.length, 2);
  const room = Math.max(220, window.innerHeight * 0.62);
  laneHeight = Math.min(layout.isShared ? 46 : 40, Math.max(22, Math.floor((room - headHeight()) / lanes)));
  view.height = Math.ceil(Math.min(headHeight() + lanes * laneHeight + 4, room));
  sizeCanvas(canvas, pen, view.height);
  sizeCanvas(overview, overviewPen, overviewHeight);
  measureDensity();
}

function sizeCanvas(which, itsPen, height) {
  const ratio = window.devicePixelRatio || 1;
  which.width = Math.round(view.width * ratio);
  which.height = Math.round(height * ratio);
  which.style.height = `${height}px`;
  itsPen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function listenToTools() {
  byId('part').addEventListener('change', e => setPart(Number(e.target.value)));
  byId('core-only').addEventListener('click', () => setCoreOnly(!shown.coreOnly));
  byId('path').addEventListener('click', () => setPath(!shown.path));
  byId('axis').addEventListener('click', () => setByTime(!shown.byTime));
  byId('zoom-in').addEventListener('click', () => zoom(1.5));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 1.5));
  byId('fit').addEventListener('click', () => { fitAll(); redraw(); });
  byId('help-button').addEventListener('click', toggleHelp);
  byId('search').addEventListener('input', e => runSearch(e.target.value));
  byId('search').addEventListener('keydown', e => {
    if (e.key === 'Enter') goToHit(e.shiftKey ? -1 : 1);
    else if (e.key === 'Escape') {
      e.target.value = '';
      runSearch('');
      canvas.focus();
    }
  });
}

function listenToSurroundings() {
  document.addEventListener('keydown', pressKey);
  new ResizeObserver(() => {
    if (byId('timeline').clientWidth === view.width) return;
    resize();
    drawNow();
  }).observe(byId('timeline'));
  window.addEventListener('resize', () => { resize(); scrollTo(view.top); drawNow(); });
  window.addEventListener('hashchange', readAddress);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); drawNow(); });
  window.addEventListener('beforeprint', () => setPrinting(true));
  window.addEventListener('afterprint', () => setPrinting(false));
}

// Paper is white, whatever the screen is.
function setPrinting(isPrinting) {
  root.classList.toggle('print', isPrinting);
  readColours();
  drawNow();
}

// #op=12 selects an operation, #q=read searches, core=1 shows only the core, axis=time places by time, order=1 draws the path.
function readAddress() {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  if (asked.get('axis') === 'time') setByTime(true);
  if (asked.get('core') === '1') setCoreOnly(true);
  if (asked.get('order') === '1') setPath(true);
  if (asked.get('fit') === '1') fitAll();
  if (asked.has('q')) {
    byId('search').value = asked.get('q');
    runSearch(asked.get('q'));
    if (!asked.has('op')) goToHit(1);
  }
  const op = Number(asked.get('op') ?? NaN);
  if (Number.isInteger(op) && op >= 0 && op < count && op !== selection.op) select(op);
  if (asked.get('help') === '1') toggleHelp();
}

// A longer menu is slow to open, and nobody reads it to its end.
const menuMax = 2000;

function fillParts() {
  const box = byId('part');
  const choice = (value, label) => box.append(Object.assign(element('option', label), { value: String(value) }));
  choice(-1, `all ${number(data.parts.length)}`);
  data.parts.forEach((name, part) => {
    if (part < menuMax || part === data.failedPart) choice(part, name === '' ? '""' : name);
  });
  if (data.parts.length > menuMax) box.title = `The first ${menuMax} parts; search for key:\u2026 finds the others`;
  byId('part-box').hidden = data.parts.length < 2;
}

function hideWhatIsNotThere() {
  const hideAll = (selector, isHidden) => document.querySelectorAll(selector).forEach(each => { each.hidden = isHidden; });
  hideAll('#core-only, .if-core', data.core.length < 2);
  hideAll('.if-any', count === 0);
  hideAll('.if-blocked', data.blocked < 0);
  hideAll('.if-fail', !data.outcome.includes(Outcome.fail));
  hideAll('.if-unknown', !hasUnknown);
  hideAll('.if-fault', data.faults.length === 0);
  hideAll('#path, .if-order', data.orders.every(order => order.operations.length === 0));
  byId('axis').hidden = data.hasTimeAxis !== 1;
  byId('table').hidden = data.core.length === 0;
}

function start() {
  fillParts();
  hideWhatIsNotThere();
  byId('tools').hidden = false;
  document.querySelector('main').hidden = false;
  readColours();
  listenToTools();
  listenToPointer();
  // What fails is preselected; a pass shows all its parts.
  if (data.failedPart >= 0 && data.parts.length > 1) shown.part = data.failedPart;
  relayout(showStart);
  listenToSurroundings();
  readAddress();
  // What the verdict is about is selected, unless the address asks for something else.
  if (selection.op < 0 && data.blocked >= 0 && layout.rowOf[data.blocked] >= 0) selection.op = data.blocked;
  showPanel(selection.op);
  root.dataset.ready = String(count);
}

start();
