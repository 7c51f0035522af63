// The run as a file: exported for the post-mortem, imported into another browser.

const schema = { name: 'zonecut.run', version: 1 };
const mostOctetsImported = 8 * 1024 * 1024;

/** The run as a JSON document with its keys in order. */
function runText() {
  const sorted = (key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) ?
      Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  return `${JSON.stringify({
    schema,
    plan: page.plan,
    zone: page.zone,
    rehearsal: clock.isSet,
    exportedAt: instantText(clock.now()),
    operator: run.operator,
    notes: run.notes,
    steps: steps.map((step) => {
      const { startedAt, finishedAt, by, notes, checks } = record(step);
      return {
        id: step.id, number: step.number, title: step.title, plannedAt: step.plannedAt,
        startedAt, finishedAt, by, notes,
        checks: step.checks.map((box, index) => ({
          text: box.parentElement.textContent.trim(), tickedAt: checks[index],
        })),
      };
    }),
  }, sorted, 2)}\n`;
}

/**
 * Reads an exported run.
 *
 * @returns {{run: object, strangers: string[]}} the run, and the ids of steps this page lacks.
 * @throws {Error} with what was found and what was expected.
 */
function readRun(text) {
  const expect = (holds, what) => { if (!holds) throw new Error(what); };
  const string = (value, what) => {
    expect(typeof value === 'string', `${what}: expected a string`);
    return value;
  };
  const instant = (value, what) => {
    expect(value === null || (typeof value === 'string' && !Number.isNaN(instantValue(value))),
      `${what}: expected an instant such as 2026-12-01T09:00:00Z, or null`);
    return value;
  };
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error('this is no JSON document');
  }
  expect(found?.schema?.name === schema.name, `expected a document of schema ${schema.name}`);
  expect(found.schema.version === schema.version,
    `version ${found.schema.version} of ${schema.name}: this page reads ${schema.version}`);
  expect(found.plan === page.plan,
    `it is the run of plan ${found.plan}, and this page is of plan ${page.plan}`);
  expect(Array.isArray(found.steps), 'steps: expected a list');

  const read = emptyRun();
  read.operator = string(found.operator, 'operator');
  read.notes = string(found.notes, 'notes');
  const strangers = [];
  for (const entry of found.steps) {
    const id = string(entry?.id, 'id of a step');
    const step = steps.find((candidate) => candidate.id === id);
    if (!step) {
      strangers.push(id);
      continue;
    }
    expect(Array.isArray(entry.checks) && entry.checks.length === step.checks.length,
      `${id}: expected ${step.checks.length} points`);
    read.records.set(id, {
      startedAt: instant(entry.startedAt, `${id}, startedAt`),
      finishedAt: instant(entry.finishedAt, `${id}, finishedAt`),
      by: string(entry.by, `${id}, by`),
      notes: string(entry.notes, `${id}, notes`),
      checks: entry.checks.map((check) => instant(check?.tickedAt, `${id}, tickedAt`)),
    });
  }
  return { run: read, strangers };
}

/** Hands the run to whoever works here, as a file. */
function exportRun() {
  const url = URL.createObjectURL(new Blob([runText()], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${page.zone.replace(/\.$/, '').replace(/[^\w.-]/g, '_')}-run-${page.plan}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say(`Exported ${link.download}`);
}

async function importRun(file) {
  try {
    if (file.size > mostOctetsImported) throw new Error('the file is too large for a run');
    const { run: imported, strangers } = readRun(await file.text());
    const isEmpty = runIsEmpty();
    if (!isEmpty && !confirm('Replace what is ticked and noted here by the imported run?')) return;
    run = imported;
    save();
    show();
    say(strangers.length === 0 ? `Imported ${file.name}` :
      `Imported ${file.name}, but for steps unknown here: ${strangers.join(', ')}`);
  } catch (error) {
    say(`${file.name} was not imported: ${error.message}`);
  }
}

function runIsEmpty() {
  return run.operator === '' && run.notes === '' && steps.every((step) =>
    JSON.stringify(record(step)) === JSON.stringify(emptyRecord(step)));
}

byID('page-export').addEventListener('click', exportRun);
byID('page-import').addEventListener('click', () => byID('page-file').click());
byID('page-file').addEventListener('change', async (event) => {
  const [file] = event.target.files;
  if (file) await importRun(file);
  event.target.value = '';
});
byID('page-clear').addEventListener('click', () => {
  if (!runIsEmpty() && !confirm('Clear all boxes, times and notes of this run?')) return;
  run = emptyRun();
  save();
  show();
  say('Cleared');
});
