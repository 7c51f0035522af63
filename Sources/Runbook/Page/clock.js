'use strict';

// The page's clock, and how instants and spans are written.
//
// `runbook.html?now=2026-12-01T09:00:00Z` sets the clock, which then goes on from there: for a
// rehearsal, whose boxes are kept apart from the real run's.
const clock = (() => {
  const wanted = new URLSearchParams(location.search).get('now');
  const start = wanted === null ? NaN : Date.parse(wanted);
  const isSet = !Number.isNaN(start);
  const ahead = isSet ? start - Date.now() : 0;
  return { isSet, isMisread: wanted !== null && !isSet, now: () => Date.now() + ahead };
})();

/** The instant in RFC 3339, in whole seconds of UTC. */
function instantText(milliseconds) {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The milliseconds since 1970 of an instant in RFC 3339 with `Z`; NaN of anything else. */
function instantValue(text) {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
}

/** A span as a countdown: `3 d 04:05:06`, `04:05:06`. */
function spanText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (number) => String(number).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(Math.floor).map(pad);
  return (days > 0 ? `${days} d ` : '') + time.join(':');
}

/** The same in its two largest units, for reading at a glance: `3 d 4 h`, `12 min`. */
function roundSpanText(milliseconds) {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min` : 'less than a minute';
}

/** How the plan's own time zone shows an instant; null where there is none but UTC. */
const localClock = (() => {
  const zone = document.body.dataset.timeZone;
  if (!zone) return null;
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    return (milliseconds) => `${format.format(milliseconds)} ${zone}`;
  } catch {
    return null;
  }
})();
