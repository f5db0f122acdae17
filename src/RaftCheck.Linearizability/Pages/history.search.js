// Search: words anywhere, or in a field. What fits is found in the table of strings first, which is shorter than the history.
const search = { matches: null, hits: [], at: -1 };
const anywhere = ['process', 'f', 'key', 'input', 'output', 'error'];
const fields = { process: ['process'], f: ['f'], key: ['key'], value: ['input', 'output'], input: ['input'], output: ['output'], error: ['error'] };

function runSearch(query) {
  const terms = [...query.matchAll(/(?:(\w+):)?(?:"([^"]*)"?|(\S+))/g)].map(match => termOf(match)).filter(term => term !== null);
  search.at = -1;
  search.hits = [];
  search.matches = null;
  if (terms.length > 0) {
    search.matches = new Uint8Array(count);
    for (const op of layout.ops) {
      if (!terms.every(term => term(op))) continue;
      search.matches[op] = 1;
      search.hits.push(op);
    }
  }
  showHits();
  redraw();
}

function termOf([whole, field, quoted, word]) {
  const wanted = (quoted ?? word ?? '').toLowerCase();
  if (wanted === '') return null;
  if (field === 'type' || field === 'outcome') return op => outcomeNames[data.outcome[op]].startsWith(wanted);
  if (field === 'event') return op => String(calls[op]) === wanted || String(returns[op]) === wanted;
  if (field !== undefined && !(field in fields)) return textTerm(anywhere, whole.toLowerCase(), false);
  // A process is one number: process:3 is not process 13.
  return textTerm(field === undefined ? anywhere : fields[field], wanted, field === 'process');
}

function textTerm(columns, wanted, isExact) {
  // Several words are for what stands on the bar; no single text of an operation may hold them all.
  if (columns === anywhere && wanted.includes(' ')) return op => labelOf(op).toLowerCase().includes(wanted);
  const fits = strings.map(each => (isExact ? each.toLowerCase() === wanted : each.toLowerCase().includes(wanted)));
  return op => columns.some(column => data[column][op] >= 0 && fits[data[column][op]]);
}

function showHits() {
  const label = byId('search-count');
  if (search.matches === null) label.textContent = '';
  else if (search.hits.length === 0) label.textContent = 'nothing found';
  else label.textContent = search.at < 0 ? `${number(search.hits.length)} found` : `${number(search.at + 1)} of ${number(search.hits.length)}`;
}

function goToHit(step) {
  if (search.hits.length === 0) return;
  search.at = (search.at + step + search.hits.length) % search.hits.length;
  if (search.at < 0) search.at = 0;
  showHits();
  select(search.hits[search.at]);
}
