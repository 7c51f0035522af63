import Propagation
import TestSupport
import Testing

@Suite struct `The calendar as another parser reads it` {
  @Test(
    .enabled(if: PythonCalendar.isAvailable, "needs the PyPI package icalendar"),
    arguments: [true, false])
  func `every instant, across a change of clocks`(local: Bool) throws {
    let inputs = try `The calendar (RFC 5545)`.berlin()
    let schedule = try Schedule(inputs)
    let text = schedule.calendar(in: local ? inputs.calendar?.localTime : nil)
    let events = try #require(try PythonCalendar.events(of: text))
    #expect(events.count == schedule.steps.count)
    for (step, event) in zip(schedule.steps, events) {
      #expect(event.uid == "\(step.id.rawValue).example.com.@zonecut")
      #expect(event.start == step.instant.secondsSince1970)
      if step.duration > .zero { #expect(event.duration == step.duration.seconds) }
    }
  }
}
