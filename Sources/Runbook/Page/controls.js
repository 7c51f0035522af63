// Copy buttons, keys, and the start of it all.

async function copy(button) {
  const text = button.parentElement.querySelector('code').textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where the page has no clipboard: select the text, for the browser's own way to copy.
    getSelection().selectAllChildren(button.parentElement.querySelector('code'));
    say('Selected; copy it with the browser');
    return;
  }
  button.classList.add('copied');
  button.textContent = 'Copied';
  setTimeout(() => {
    button.classList.remove('copied');
    button.textContent = 'Copy';
  }, 1500);
  say('Copied');
}

for (const step of steps) {
  for (const button of step.section.querySelectorAll('.copy')) {
    button.addEventListener('click', () => {
      copy(button);
      // What is copied from the part "Do" is about to be run.
      if (button.closest('.do')) begin(step);
    });
  }
}

/** The step one is at: the one with the focus, else the first whose end is in view. */
function stepAtHand() {
  const focused = document.activeElement?.closest('.step');
  if (focused) return steps.find((step) => step.section === focused);
  const top = byID('page-bar').getBoundingClientRect().bottom + 40;
  return steps.find((step) => step.section.getBoundingClientRect().bottom > top) ?? steps[0];
}

function go(step) {
  if (!step) return;
  closeTimeline();
  step.section.focus({ preventScroll: true });
  step.section.scrollIntoView({ block: 'start' });
}

function move(by) {
  const focused = document.activeElement?.closest('.step');
  const index = steps.indexOf(stepAtHand()) + (focused ? by : Math.min(by, 0));
  go(steps[Math.min(Math.max(index, 0), steps.length - 1)]);
}

/** Moves the focus to the next copy button of the step, and presses it. */
function copyNext() {
  const buttons = Array.from(stepAtHand().section.querySelectorAll('.copy'));
  if (buttons.length === 0) return;
  const button = buttons[(buttons.indexOf(document.activeElement) + 1) % buttons.length];
  button.focus();
  button.click();
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  t: () => go(firstOpen()),
  s: () => setStarted(stepAtHand(), record(stepAtHand()).startedAt === null),
  x: () => setFinished(stepAtHand(), !isFinished(stepAtHand())),
  c: copyNext,
  n: () => stepAtHand().notes.focus(),
  r: () => go(steps.find((step) => step.isRollback)),
  e: exportRun,
  '?': () => byID('page-help').showModal(),
};

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.querySelector('.timeline.open')) closeTimeline();
  if (event.key === 'Escape' && event.target.matches('.step input, .step textarea')) {
    event.target.closest('.step').focus();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || byID('page-help').open) return;
  if (event.target.matches('input[type="text"], textarea') || !byID('page-keys').checked) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

const timeline = byID('page-timeline');

function closeTimeline() {
  timeline.classList.remove('open');
  byID('page-to-timeline').setAttribute('aria-expanded', 'false');
}

byID('page-to-timeline').addEventListener('click', () => {
  const isOpen = timeline.classList.toggle('open');
  byID('page-to-timeline').setAttribute('aria-expanded', String(isOpen));
  if (isOpen) nowMarker.scrollIntoView({ block: 'center' });
});
timeline.addEventListener('click', (event) => {
  if (event.target.closest('a')) closeTimeline();
});
byID('page-fold').addEventListener('click', (event) => {
  const isFolded = document.documentElement.classList.toggle('folded');
  event.target.setAttribute('aria-pressed', String(isFolded));
});
byID('page-show-help').addEventListener('click', actions['?']);
byID('page-close-help').addEventListener('click', () => byID('page-help').close());

// Single keys can be turned off, for whoever dictates to the browser (WCAG 2.1.4).
try {
  byID('page-keys').checked = localStorage.getItem('zonecut.keys') !== 'off';
  byID('page-keys').addEventListener('change', (event) => {
    localStorage.setItem('zonecut.keys', event.target.checked ? 'on' : 'off');
  });
} catch {
  // A browser that keeps nothing leaves them on.
}

document.documentElement.classList.add('scripted');
byID('page-rehearsal').hidden = !clock.isSet && !clock.isMisread;
if (clock.isMisread) {
  byID('page-rehearsal').textContent =
    'now= is not an instant such as 2026-12-01T09:00:00Z: this is the real clock.';
}
const bar = byID('page-bar');
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--bar', `${bar.offsetHeight}px`);
}).observe(bar);
load();
show();
setInterval(update, 1000);
