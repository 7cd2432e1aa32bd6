import ReportDocuments
import Results
import ServiceTime

/// What the words and figures of the report mean here.
struct DefinitionsWriter {
  let pack: PackView

  var section: Section {
    Section(id: "definitions", title: "Definitions", blocks: [.definitions(definitions)])
  }

  var sheet: DataSheet {
    DataSheet(
      role: .definitions, name: "Definitions", file: nil,
      columns: [.init("term", "Term"), .init("text", "What it means here")],
      rows: definitions.map { [.text($0.term), .text($0.text)] })
  }

  var definitions: [Definition] {
    reading + words + [ExclusionsWriter(pack: pack).definition].compactMap { $0 }
      + ChainWriter.definitions(pack) + clocks + calendars + statistics
  }

  /// Only of a reading that is not the usual one.
  private var reading: [Definition] {
    pack.results.reading.map { [Definition(term: "Reading of the past", text: $0.definition)] }
      ?? []
  }

  private var words: [Definition] {
    [
      .init(
        term: "Promise",
        text: "One target applied to one ticket: the unit that is judged and counted."),
      .init(
        term: "Elapsed",
        text: "Time on the calendar of the target, less pauses, in whole seconds."),
      .init(term: "Within", text: "The longest elapsed time that is allowed."),
      .init(
        term: "Breached",
        text: "A promise is breached if and only if elapsed exceeds within; equal is met."),
      .init(
        term: "Overdue", text: "Lost and still open. It counts as missed."),
      .init(
        term: "Decided",
        text: "The instant at which a verdict became final: the stop if met, the instant of loss "
          + "if not."),
      .init(term: "Period", text: countRule),
      .init(
        term: "Attainment",
        text: "Met divided by met, breached and overdue. No data is never 100\(Words.space)%. "
          + "Promises that cannot be measured are left out; where there are any, the share is "
          + "printed a second time with all of them as missed."),
      .init(
        term: "Completeness",
        text: "A period is judged only if every ticket open in it is in the input. Else it is "
          + "partial; one that ends before the longest time allowed has passed since the agreement "
          + "or the export began is starting up. Both are shown without a colour."),
    ]
  }

  private var countRule: String {
    let rule =
      switch pack.agreement.countBy {
      case "stopped": "A promise counts in the month in which its clock stopped."
      case "due": "A promise counts in the month in which it was due."
      default: "A promise counts in the month in which it was decided."
      }
    return "\(rule) Months and days are those of \(pack.agreement.zone). What happens after a "
      + "period's end never changes its row."
  }

  private var clocks: [Definition] {
    pack.agreement.clocks.map { clock in
      var text = "Runs from \(clock.start) to \(clock.stop)."
      text +=
        clock.pauses.isEmpty
        ? " It has no pauses." : " Paused by \(clock.pauses.joined(separator: "; "))."
      if !clock.cancel.isEmpty { text += " Cancelled by \(clock.cancel)." }
      text += " On reopening: \(clock.reopen). On a change of tier: \(clock.onTierChange)."
      let tiers = clock.tiers.map { tier in
        let within = tier.within.isEmpty ? "not judged" : "within \(tier.within)"
        let objective = tier.objective.map {
          ", objective \(Words.percent(millionths: $0))"
        }
        return "\(tier.tier) \(within)\(objective ?? "") on \(tier.calendar)"
      }
      return Definition(
        term: "\(Words.capitalised(clock.clock)) clock",
        text: text + " " + tiers.joined(separator: "; ") + ".")
    }
  }

  private var calendars: [Definition] {
    pack.agreement.calendars.map {
      Definition(term: "Calendar \($0.name)", text: "\($0.hours), \($0.zone).")
    }
  }

  private var statistics: [Definition] {
    let percent = Words.space + "%"
    return [
      .init(
        term: "Percentiles",
        text: "Of elapsed, over the clocks stopped in the period: exact, by linear interpolation "
          + "(type 7, as PERCENTILE.INC). A percentile set against within is the nearest rank "
          + "(type 1) over the promises decided in the period, open misses counting as longest."),
      .init(
        term: "95\(percent) interval",
        text: "Wilson's interval: how far the share could lie from the figure by chance. It never "
          + "decides a verdict."),
      .init(
        term: "Letters and colours",
        text: "M: met. A: met with more than 80\(percent) of the allowed misses used. X: missed. "
          + "–: no data, partial or starting up. Allowed misses are rounded down to whole ones. "
          + "Hatched: to date."),
      .init(
        term: "To date, lowest and highest",
        text: "A period that is not over is marked to date. Lowest counts every open promise that "
          + "could be lost before its end as missed; highest counts every open promise as met."),
      .init(
        term: "Misses left",
        text: "Misses allowed less those used; below nothing there are too many."),
      .init(
        term: "Expected range",
        text: "Control limits: three sigma around the share of the first 12 complete months "
          + "together, at each month's number of promises, widened where months differ by more "
          + "than chance (Laney); exact binomial limits where few misses are expected. They stay "
          + "until a rebase with a stated reason. Volumes and percentiles have limits from the "
          + "distances between months (XmR)."),
      .init(
        term: "Signal",
        text: "A month outside the range; seven in a row on one side of the mean; seven that each "
          + "rise, or fall; two of three beyond two thirds of the way to a limit, all three on "
          + "that side. Where nearly all months lie on one side by chance, being there is no signal."
      ),
      .init(
        term: "Variation",
        text: "Of the latest complete month: common cause, which is chance, unless it is part of a "
          + "signal; then better or worse. Line only: too few months for limits."),
      .init(
        term: "Assurance",
        text:
          "Whether an unchanged process keeps to the objective: reliably met if the whole range "
          + "is above it, at the median number of promises of 12 months; reliably missed if all of "
          + "it is below; else it may or may not be met."),
      .init(
        term: "Kaplan-Meier",
        text:
          "Percentiles of all clocks open in the period, with those that have not stopped taken "
          + "into account; shown where they are more than 5\(percent)."),
      .init(
        term: "Mix of tiers",
        text:
          "Where a total moved and no tier moved with it, it is the mix of tickets that changed; "
          + "the figure at last month's mix is given."),
      .init(
        term: "Near miss", text: "Met with under 10\(percent) of the time allowed left."),
    ]
  }
}
