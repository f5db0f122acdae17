// What the page is given, in the form that the rest works on: typed arrays, one element for each operation.
const data = JSON.parse(byId('data').textContent);
const strings = data.strings;
const count = data.call.length;
const Outcome = { ok: 0, fail: 1, info: 2, none: 3 };
const outcomeNames = ['ok', 'fail', 'info', 'no return'];

const calls = new Int32Array(count);
const returns = new Int32Array(count); // -1: never
for (let op = 0, last = 0; op < count; op++) {
  last += data.call[op];
  calls[op] = last;
  returns[op] = data.return[op] > 0 ? last + data.return[op] : -1;
}

const isCore = new Uint8Array(count);
for (const op of data.core) isCore[op] = 1;
const hasTimes = data.callTime !== undefined;

// Where each operation stands: in which order, and at which place, from 0.
const orderOf = new Int32Array(count).fill(-1);
const placeOf = new Int32Array(count).fill(-1);
data.orders.forEach((order, number) => order.operations.forEach((op, place) => {
  orderOf[op] = number;
  placeOf[op] = place;
}));

const partials = data.partials.map(partial => ({ state: partial.state, operations: new Set(partial.operations) }));

const isUnknown = op => data.outcome[op] >= Outcome.info;
const hasUnknown = data.outcome.some(outcome => outcome >= Outcome.info);
const isFailed = op => data.outcome[op] === Outcome.fail;
const text = number => (number < 0 ? '' : strings[number]);
const number = n => n.toLocaleString('en-US');

// Labels are made when they are first drawn: most operations of a long history are never seen.
const labels = new Array(count);

let isKeyNeeded = data.parts.length > 1; // not where all that is shown has the same

function setKeyNeeded(isNeeded) {
  if (isNeeded === isKeyNeeded) return;
  isKeyNeeded = isNeeded;
  labels.fill(undefined);
}

function labelOf(op) {
  return labels[op] ??= makeLabel(op);
}

function makeLabel(op) {
  const words = [text(data.f[op]) || '(nameless)'];
  if (data.key[op] >= 0 && isKeyNeeded) words.push(text(data.key[op]));
  if (data.input[op] >= 0) words.push(text(data.input[op]));
  const end = endOf(op);
  return end === '' ? words.join(' ') : `${words.join(' ')} \u2192 ${end}`;
}

// The result, where it says more than that there was one.
function endOf(op) {
  if (isFailed(op)) return 'fail';
  if (isUnknown(op)) return '?';
  if (data.output[op] < 0) return data.isRead[op] ? 'nil' : '';
  return data.output[op] === data.input[op] ? '' : text(data.output[op]);
}

// The state before and after the place in an order; null where it is not known.
function stateAt(order, place) {
  if (place < 0) return data.initial;
  const state = order.states[place];
  return state === undefined || state < 0 ? null : strings[state];
}

function timeText(ns) {
  if (ns === 0) return '0';
  const units = [['s', 1e9], ['ms', 1e6], ['\u00b5s', 1e3], ['ns', 1]];
  const [unit, size] = units.find(each => Math.abs(ns) >= each[1]) ?? units[3];
  return `${Number((ns / size).toPrecision(6))} ${unit}`;
}
