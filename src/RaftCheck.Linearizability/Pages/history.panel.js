// What is known of one operation, in words. Texts of the history only ever become text nodes.
const panel = byId('panel');
const neighbours = 4;

function element(name, content, className) {
  const made = document.createElement(name);
  if (content !== undefined) made.textContent = content;
  if (className !== undefined) made.className = className;
  return made;
}

function showPanel(op) {
  panel.replaceChildren();
  if (op < 0) return showHint();
  panel.append(element('h2', labelOf(op)), element('p', standing(op), 'kind'), factsOf(op), ...placeIn(op), ...partialsOf(op));
}

function showHint() {
  if (layout.ops.length === 0) return panel.append(element('h2', 'Nothing to show'));
  return panel.append(
    element('h2', 'No operation selected'),
    element('p', 'Point at an operation, or press an arrow key, to see what was called, what it returned, and the state before and after it.', 'kind'));
}

// What the operation means for the verdict.
function standing(op) {
  if (op === data.blocked) return '\u2715 No order explains this operation together with all that returned before it did.';
  const words = isCore[op] && data.verdict === 'not-linearizable' ? `\u25c6 ${data.coreName}. ` : '';
  if (isFailed(op)) return words + (placeOf[op] >= 0 ? 'Failed: it was seen to find another value than it expected.' : 'Failed: it took no effect.');
  if (!isUnknown(op)) return `${words}Returned.`;
  return `${words}Nobody knows how it ended: it may take effect at any time after its call, or never.`;
}

function factsOf(op) {
  const list = element('dl');
  const fact = (name, value) => { if (value !== '') list.append(element('dt', name), element('dd', value)); };
  fact('process', text(data.process[op]));
  fact('f', text(data.f[op]));
  fact('key', text(data.key[op]));
  fact('input', text(data.input[op]));
  fact('output', text(data.output[op]) || (data.outcome[op] === Outcome.ok ? 'nil' : ''));
  fact('outcome', outcomeNames[data.outcome[op]]);
  fact('error', text(data.error[op]));
  fact('called', moment(calls[op], hasTimes ? data.callTime[op] : -1));
  fact('returned', returns[op] < 0 ? '' : moment(returns[op], hasTimes ? data.returnTime[op] : -1));
  if (hasTimes && data.callTime[op] >= 0 && data.returnTime[op] >= 0) fact('took', timeText(data.returnTime[op] - data.callTime[op]));
  return list;
}

// Times that are far from 0 are shown from the first one on: the rest of their digits is the same for all.
function moment(event, time) {
  if (time < 0) return `event ${event}`;
  return `event ${event}, ${data.timeBase > 0 ? '+' : ''}${timeText(time)}`;
}

function placeIn(op) {
  const which = orderOf[op];
  const name = data.verdict === 'linearizable' ? 'order that explains the results' : 'longest order found';
  if (which < 0) {
    if (data.orders.length === 0 || isFailed(op) || op === data.blocked) return op === data.blocked ? stateReached() : [];
    return [element('h3', 'Place'), element('p', `It is not in the ${name}.`)];
  }
  const order = data.orders[which];
  const place = placeOf[op];
  const before = stateAt(order, place - 1);
  const after = stateAt(order, place);
  const parts = [element('h3', `${place + 1} of ${number(order.operations.length)} in the ${name}`)];
  if (before !== null) parts.push(stateLine('State before', before));
  if (after !== null) parts.push(stateLine('State after', after));
  parts.push(neighboursOf(order, place, op));
  return parts;
}

function stateReached() {
  const order = data.orders[0];
  if (order === undefined) return [];
  const last = order.operations.length - 1;
  const state = stateAt(order, last);
  const words = [element('h3', `Before it: the longest order found, of ${number(last + 1)} operation${last === 0 ? '' : 's'}`)];
  if (state !== null) words.push(stateLine('It ends with the state', state));
  words.push(neighboursOf(order, last, -1));
  return words;
}

function stateLine(name, state) {
  const line = element('p');
  line.append(`${name} `, element('span', state, 'state'));
  return line;
}

// The operations around a place in the order, each with the state after it.
function neighboursOf(order, place, current) {
  const list = element('ol');
  list.setAttribute('aria-label', 'Operations around it in the order, each with the state after it');
  for (let i = Math.max(0, place - neighbours); i <= Math.min(order.operations.length - 1, place + neighbours); i++) {
    const op = order.operations[i];
    const button = element('button');
    button.type = 'button';
    button.append(element('span', String(i + 1)), element('span', labelOf(op)), element('span', stateAt(order, i) ?? ''));
    button.title = `${labelOf(op)}  (state after it: ${stateAt(order, i) ?? 'not known'})`;
    if (op === current) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => select(op));
    const item = element('li');
    item.append(button);
    list.append(item);
  }
  return list;
}

function partialsOf(op) {
  if (partials.length === 0) return [];
  const having = partials.flatMap((partial, i) => (partial.operations.has(op) ? [i + 1] : []));
  const lines = [element('h3', 'Partial linearizations'), element('p', having.length === 0
    ? `None of the ${partials.length} has it.`
    : `In ${having.length} of ${partials.length}: ${having.slice(0, 20).join(', ')}${having.length > 20 ? ' \u2026' : ''}.`)];
  for (const i of having.slice(0, 5)) lines.push(stateLine(`${i} ends with the state`, text(partials[i - 1].state)));
  return lines;
}

// One sentence for those who listen.
function say(op) {
  byId('live').textContent = op < 0 ? '' : `Process ${text(data.process[op])}: ${labelOf(op)}, ${outcomeNames[data.outcome[op]]}, called at event ${calls[op]}. ${standing(op)}`;
}
