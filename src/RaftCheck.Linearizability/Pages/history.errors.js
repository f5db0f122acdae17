// First of all, so that an error anywhere below leaves a trace: a page that shows nothing should at least say why.
const root = document.documentElement;
const byId = id => document.getElementById(id);

function reportError(message) {
  root.dataset.error = message;
  const box = byId('problem');
  box.textContent = `The picture could not be drawn: ${message}`;
  box.hidden = false;
}

window.addEventListener('error', e => reportError(String(e.message)));
window.addEventListener('unhandledrejection', e => reportError(String(e.reason)));
