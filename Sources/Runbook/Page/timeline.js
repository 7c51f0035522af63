// What to do, what comes next, and where the timeline stands.

const stops = new Map(
  Array.from(document.querySelectorAll('.timeline .stop'), (item) => [item.dataset.step, item]));
const nowMarker = byID('page-now');
const listed = steps.filter((step) => !step.isRollback);
const planned = listed.filter((step) => !step.isAside);
const plainTitle = document.title;

const isFinished = (step) => record(step).finishedAt !== null;
const isBegun = (step) => record(step).startedAt !== null && !isFinished(step);
const time = (step) => (step.plannedAt === null ? NaN : instantValue(step.plannedAt));

/** The first step that is not done; undefined when all are. */
const firstOpen = () => planned.find((step) => !isFinished(step));

/** The step not done that the clock comes to next. */
function nextByClock(now) {
  let next;
  for (const step of planned) {
    if (time(step) > now && !isFinished(step) && !(next && time(next) <= time(step))) next = step;
  }
  return next;
}

/**
 * The step before which the timeline shows now: the first that lies ahead, with the steps without
 * a date that lead to it.
 */
function stepAfterNow(now) {
  let index = planned.findIndex((step) => time(step) > now);
  if (index < 0) return undefined;
  while (index > 0 && planned[index - 1].plannedAt === null) index -= 1;
  return planned[index];
}

/** Gates and stops before a step that nobody has passed. */
function unpassedBefore(step) {
  const before = step.isRollback ? [] : listed.slice(0, listed.indexOf(step));
  return before.filter((other) => ['GATE', 'HARD STOP'].includes(other.mark) && !isFinished(other));
}

/** A link to a step in an element of the bar. */
function point(link, step, empty) {
  link.textContent = step ? `${step.number} ${step.title}` : empty;
  if (step) link.href = `#${step.id}`;
  else link.removeAttribute('href');
}

function showBar(now) {
  const open = firstOpen();
  const late = open && !isBegun(open) ? now - time(open) : NaN;
  point(byID('page-todo'), open, 'all steps are done');
  byID('page-todo').classList.toggle('late', late > 0);
  byID('page-late').textContent = late > 0 ? `, due since ${roundSpanText(late)}` : '';

  const next = nextByClock(now);
  byID('page-countdown').textContent = next ? spanText(time(next) - now) : '';
  point(byID('page-next'), next, 'nothing more has a date');
  document.title = next ? `${spanText(time(next) - now)} to ${next.number} · ${page.zone}` :
    plainTitle;

  byID('page-utc').textContent = `${instantText(now).slice(0, 19).replace('T', ' ')} UTC`;
  byID('page-utc').dateTime = instantText(now);
  byID('page-local').textContent = localClock ? localClock(now) : '';

  const done = planned.filter(isFinished).length;
  byID('page-progress').max = planned.length;
  byID('page-progress').value = done;
  byID('page-progress-text').textContent = `${done} of ${planned.length} steps done`;
}

function showTimeline(now) {
  const open = firstOpen();
  for (const step of listed) {
    const item = stops.get(step.id);
    const isLate = time(step) <= now && !isFinished(step) && !isBegun(step);
    item.classList.toggle('done', isFinished(step));
    item.classList.toggle('begun', isBegun(step));
    item.classList.toggle('late', isLate);
    item.classList.toggle('current', step === open);
    if (step === open) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    item.querySelector('.state').textContent = isFinished(step) ? ', done' : '';

    const due = step.section.querySelector('.due');
    if (due) {
      due.classList.toggle('late', isLate);
      due.textContent = isFinished(step) ? '' : isBegun(step) ? 'begun' :
        isLate ? `due since ${roundSpanText(now - time(step))}` :
          `in ${roundSpanText(time(step) - now)}`;
    }
    const warning = step.section.querySelector('.unpassed');
    if (warning) {
      const unpassed = isFinished(step) ? [] : unpassedBefore(step);
      warning.hidden = unpassed.length === 0;
      warning.textContent = 'Not passed yet: ' +
        unpassed.map((other) => `${other.number} ${other.title} (${other.mark})`).join('; ');
    }
  }
  const after = stepAfterNow(now);
  nowMarker.hidden = false;
  byID('page-now-time').textContent = `now, ${instantText(now).slice(11, 16)} UTC`;
  const place = after ? headingOr(stops.get(after.id)) : nowMarker.parentElement.lastElementChild;
  if (nowMarker.nextElementSibling !== place) {
    nowMarker.parentElement.insertBefore(nowMarker, place);
    showNow();
  }
}

/** A step's line, or the heading right above it. */
function headingOr(item) {
  let above = item.previousElementSibling;
  if (above === nowMarker) above = above.previousElementSibling;
  return above?.querySelector('.chapter') ? above : item;
}

let awaited;

/** Says when the step that the bar counted down to has come. */
function tellWhatIsDue(now) {
  const next = nextByClock(now);
  if (awaited && awaited !== next && time(awaited) <= now && !isFinished(awaited)) {
    say(`${awaited.number} ${awaited.title}: due now`);
  }
  awaited = next;
}

/** Shows all that depends on the clock and on what is done. */
function update() {
  const now = clock.now();
  tellWhatIsDue(now);
  showBar(now);
  showTimeline(now);
}

/** Brings the marker into view within the timeline, without moving the page. */
function showNow() {
  const list = document.querySelector('.timeline-list');
  const middle = nowMarker.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop += middle - list.clientHeight / 3;
}
