// The run: what was ticked, when, by whom, with what notes. Kept in this browser under the plan's
// id, and nowhere else.

const page = document.body.dataset;
const storageKey = `zonecut.run.${page.plan}${clock.isSet ? '.rehearsal' : ''}`;
const byID = (id) => document.getElementById(id);

/** Says something to whoever looks or listens. */
function say(text) {
  byID('page-status').textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { byID('page-status').textContent = ''; }, 4000);
}

/** The steps of the page in their order, those of the rollback last. */
const steps = Array.from(document.querySelectorAll('.step'), (section) => ({
  id: section.id,
  section,
  number: section.dataset.number,
  title: section.dataset.title,
  mark: section.dataset.mark ?? '',
  isRollback: section.dataset.number.startsWith('R'),
  // Another way to do what others do: nobody has to.
  isAside: 'aside' in section.dataset,
  plannedAt: section.dataset.instant ?? null,
  started: section.querySelector('.started'),
  startedAt: section.querySelector('.started-at'),
  finished: section.querySelector('.finished-box'),
  finishedAt: section.querySelector('.finished-at'),
  by: section.querySelector('.by input'),
  notes: section.querySelector('.notes textarea'),
  checks: Array.from(section.querySelectorAll('.checklist input')),
}));

/** A step of which nothing is known. */
function emptyRecord(step) {
  return {
    startedAt: null, finishedAt: null, by: '', notes: '', checks: step.checks.map(() => null),
  };
}

function emptyRun() {
  return {
    operator: '', notes: '', records: new Map(steps.map((step) => [step.id, emptyRecord(step)])),
  };
}

let run = emptyRun();
const record = (step) => run.records.get(step.id);

/** Reads what the browser keeps; what cannot be read is set aside and told. */
function load() {
  let text = null;
  try {
    text = localStorage.getItem(storageKey);
    run = text === null ? emptyRun() : readRun(text).run;
  } catch (error) {
    run = emptyRun();
    if (text === null) return warnOfLoss();
    localStorage.setItem(`${storageKey}.unreadable`, text);
    showTrouble(`What this browser kept cannot be read, and was set aside: ${error.message}.`);
  }
}

function save() {
  try {
    localStorage.setItem(storageKey, runText());
  } catch {
    warnOfLoss();
  }
}

function showTrouble(text) {
  byID('page-trouble').textContent = text;
  byID('page-trouble').hidden = false;
}

const warnOfLoss = () =>
  showTrouble('This browser keeps nothing of this page: export the run before you close it.');

/** Shows the run in the page's boxes and fields. */
function show() {
  byID('page-operator').value = run.operator;
  byID('page-notes').value = run.notes;
  for (const step of steps) {
    const { startedAt, finishedAt, by, notes, checks } = record(step);
    step.started.checked = startedAt !== null;
    showInstant(step.startedAt, startedAt);
    step.finished.checked = finishedAt !== null;
    showInstant(step.finishedAt, finishedAt);
    step.by.value = by;
    step.notes.value = notes;
    step.checks.forEach((box, index) => { box.checked = checks[index] !== null; });
    step.section.classList.toggle('finished', finishedAt !== null);
    step.section.classList.toggle('begun', startedAt !== null && finishedAt === null);
  }
  update();
}

function showInstant(input, instant) {
  input.value = instant ?? '';
  input.removeAttribute('aria-invalid');
}

/** Changes a step's record, keeps it and shows it. */
function change(step, edit) {
  edit(record(step));
  save();
  show();
}

/** Notes that a step has begun, unless that is known. */
function begin(step) {
  const entry = record(step);
  if (entry.startedAt !== null || entry.finishedAt !== null) return;
  change(step, () => {
    entry.startedAt = instantText(clock.now());
    entry.by ||= run.operator;
  });
}

function setFinished(step, isFinished) {
  change(step, (entry) => {
    entry.finishedAt = isFinished ? instantText(clock.now()) : null;
    if (isFinished) entry.by ||= run.operator;
  });
  const open = step.checks.filter((box) => !box.checked).length;
  if (isFinished && open > 0) say(`${step.number}: ${open} of its points not ticked`);
}

function setStarted(step, isStarted) {
  if (isStarted) begin(step);
  else change(step, (entry) => { entry.startedAt = null; });
}

/** Takes an instant that was typed; an empty field clears it. */
function typeInstant(step, input, key) {
  const text = input.value.trim();
  if (text !== '' && Number.isNaN(instantValue(text))) {
    input.setAttribute('aria-invalid', 'true');
    say('Expected an instant such as 2026-12-01T09:00:00Z');
    return;
  }
  change(step, (entry) => { entry[key] = text === '' ? null : text; });
}

for (const step of steps) {
  step.started.addEventListener('change', () => setStarted(step, step.started.checked));
  step.finished.addEventListener('change', () => setFinished(step, step.finished.checked));
  step.startedAt.addEventListener('change', () => typeInstant(step, step.startedAt, 'startedAt'));
  step.finishedAt.addEventListener('change', () =>
    typeInstant(step, step.finishedAt, 'finishedAt'));
  step.by.addEventListener('input', () => { record(step).by = step.by.value; save(); });
  step.notes.addEventListener('input', () => { record(step).notes = step.notes.value; save(); });
  step.checks.forEach((box, index) => {
    box.addEventListener('change', () => {
      const tickedAt = box.checked ? instantText(clock.now()) : null;
      change(step, (entry) => { entry.checks[index] = tickedAt; });
      if (tickedAt !== null) begin(step);
    });
  });
}
byID('page-operator').addEventListener('input', (event) => {
  run.operator = event.target.value;
  save();
});
byID('page-notes').addEventListener('input', (event) => {
  run.notes = event.target.value;
  save();
});
// The same page in another tab.
addEventListener('storage', (event) => {
  if (event.key === storageKey) { load(); show(); }
});
