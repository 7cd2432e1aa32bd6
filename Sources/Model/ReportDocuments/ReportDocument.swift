/// A report as a value: what is said and shown, before any format.
package struct ReportDocument: Hashable, Sendable {
  package var cover: Cover
  package var slam: SlamGrid
  /// In reading order.
  package var sections: [Section]
  /// Data in full, for the workbook and the CSV files.
  package var dataSheets: [DataSheet]
  package var properties: Properties

  package init(
    cover: Cover, slam: SlamGrid, sections: [Section], dataSheets: [DataSheet],
    properties: Properties
  ) {
    self.cover = cover
    self.slam = slam
    self.sections = sections
    self.dataSheets = dataSheets
    self.properties = properties
  }

  /// What identifies the report; the same for every format.
  package struct Properties: Hashable, Sendable {
    package var title: String
    package var customer: String
    package var agreement: String
    package var period: String
    /// Seconds since 1970 of the as-of instant; stands for the creation time of files.
    package var asOf: Int64
    /// Such as `As of 2 Nov 2026, 06:00 GMT`.
    package var asOfText: String
    package var zone: String
    package var countBy: String
    package var generator: String
    /// Such as `Issue 2, replaces issue 1 of 2 Nov 2026`; empty if it was not issued.
    package var issue: String
    /// A picture as `data:` address; `nil` if there is none.
    package var logo: String?
    /// Of the rules between sections; `nil` as usual.
    package var accent: Accent?

    /// Colours as `#1f6f54`, on a light and on a dark page.
    package struct Accent: Hashable, Sendable {
      package var light: String
      package var dark: String

      package init(light: String, dark: String) {
        (self.light, self.dark) = (light, dark)
      }
    }

    package init(
      title: String, customer: String, agreement: String, period: String, asOf: Int64,
      asOfText: String, zone: String, countBy: String, generator: String, issue: String = ""
    ) {
      self.title = title
      self.customer = customer
      self.agreement = agreement
      self.period = period
      self.asOf = asOf
      self.asOfText = asOfText
      self.zone = zone
      self.countBy = countBy
      self.generator = generator
      self.issue = issue
    }
  }
}

/// The answer first: a sentence, a paragraph and up to five figures.
package struct Cover: Hashable, Sendable {
  package struct Fact: Hashable, Sendable {
    package var figure: String
    /// What stands smaller behind the figure: `of 8`, `%`.
    package var unit: String
    package var label: String
    package var isLate: Bool

    package init(figure: String, unit: String, label: String, isLate: Bool = false) {
      self.figure = figure
      self.unit = unit
      self.label = label
      self.isLate = isLate
    }
  }

  package var headline: String
  package var lede: String
  package var facts: [Fact]

  package init(headline: String, lede: String, facts: [Fact]) {
    self.headline = headline
    self.lede = lede
    self.facts = facts
  }
}

/// The months x targets chart.
package struct SlamGrid: Hashable, Sendable {
  package struct Month: Hashable, Sendable {
    /// Such as `Oct`.
    package var name: String
    package var year: Int
    package var isCurrent: Bool

    package init(name: String, year: Int, isCurrent: Bool) {
      self.name = name
      self.year = year
      self.isCurrent = isCurrent
    }
  }

  package struct Entry: Hashable, Sendable {
    package var grade: Grade
    package var share: Share?
    /// An unfinished period, drawn hatched.
    package var isToDate: Bool
    /// What the pack issued says in this cell, if that is another figure: it is marked then.
    package var issued: String?

    package init(grade: Grade, share: Share?, isToDate: Bool = false, issued: String? = nil) {
      self.grade = grade
      self.share = share
      self.isToDate = isToDate
      self.issued = issued
    }
  }

  package struct Row: Hashable, Sendable {
    package var name: String
    /// `4 h`, `3 business days`; empty if there is none.
    package var within: String
    /// One entry a month.
    package var entries: [Entry]
    /// Anchor of the target's section, if it has one.
    package var anchor: String?

    package init(name: String, within: String, entries: [Entry], anchor: String? = nil) {
      self.name = name
      self.within = within
      self.entries = entries
      self.anchor = anchor
    }
  }

  package struct Group: Hashable, Sendable {
    package var name: String
    /// `objective 95 %`; empty if the rows differ or have none.
    package var objective: String
    package var rows: [Row]

    package init(name: String, objective: String, rows: [Row]) {
      self.name = name
      self.objective = objective
      self.rows = rows
    }
  }

  package var title: String
  package var subtitle: String
  package var months: [Month]
  package var groups: [Group]

  package init(title: String, subtitle: String, months: [Month], groups: [Group]) {
    self.title = title
    self.subtitle = subtitle
    self.months = months
    self.groups = groups
  }
}

/// One part of the pack with a heading and an entry in the contents.
package struct Section: Hashable, Sendable {
  /// The anchor, unique in the document.
  package var id: String
  package var title: String
  /// The name in the contents; the title if empty.
  package var contents: String
  /// What stands beside the entry in the contents: a count, a letter, or nothing.
  package var mark: String
  package var markIsLate: Bool
  /// Whether it starts a printed page.
  package var startsPage: Bool
  package var blocks: [Block]

  package init(
    id: String, title: String, contents: String = "", mark: String = "", markIsLate: Bool = false,
    startsPage: Bool = false, blocks: [Block]
  ) {
    self.id = id
    self.title = title
    self.contents = contents
    self.mark = mark
    self.markIsLate = markIsLate
    self.startsPage = startsPage
    self.blocks = blocks
  }
}

package enum Block: Hashable, Sendable {
  case paragraph(String)
  case figure(Figure)
  case table(Table)
  case missed(MissedPromises)
  case ledger(LedgerBlocks)
  case definitions([Definition])
  case overview(Overview)
}

/// A term and what it means here.
package struct Definition: Hashable, Sendable {
  package var term: String
  package var text: String

  package init(term: String, text: String) {
    self.term = term
    self.text = text
  }
}

/// A table of one thing.
package struct Table: Hashable, Sendable {
  package struct Column: Hashable, Sendable {
    package var name: String
    package var isNumeric: Bool

    package init(_ name: String, isNumeric: Bool = false) {
      self.name = name
      self.isNumeric = isNumeric
    }
  }

  package var title: String
  package var subtitle: String
  package var columns: [Column]
  package var rows: [[Cell]]
  /// A last row of sums, drawn under a line.
  package var sums: [Cell]?
  /// Said under the table, such as how many rows are not listed and where they are.
  package var note: String
  /// Whether a row is read on its own, so that a narrow page may show it as a card.
  package var isRecords: Bool

  package init(
    title: String = "", subtitle: String = "", columns: [Column], rows: [[Cell]],
    sums: [Cell]? = nil, note: String = "", isRecords: Bool = false
  ) {
    self.title = title
    self.subtitle = subtitle
    self.columns = columns
    self.rows = rows
    self.sums = sums
    self.note = note
    self.isRecords = isRecords
  }
}

/// A list of promises that were missed, each with its trace, worst first.
package struct MissedPromises: Hashable, Sendable {
  package var title: String
  package var subtitle: String
  package var items: [Item]
  /// How many there are in all; the rest is in the CSV file.
  package var total: Int

  package init(title: String, subtitle: String, items: [Item], total: Int) {
    self.title = title
    self.subtitle = subtitle
    self.items = items
    self.total = total
  }

  package struct Item: Hashable, Sendable {
    package var ticket: String
    package var clock: String
    package var tier: String
    package var verdict: String
    package var opened: LocalMoment
    package var lost: LocalMoment?
    /// The group that held the ticket when it was lost; empty if the source does not tell.
    package var holder: String
    package var elapsed: Int64
    package var within: Int64
    /// One sentence: where the time went.
    package var cause: String
    package var trace: Trace?

    package init(
      ticket: String, clock: String, tier: String, verdict: String, opened: LocalMoment,
      lost: LocalMoment?, holder: String, elapsed: Int64, within: Int64, cause: String,
      trace: Trace?
    ) {
      self.ticket = ticket
      self.clock = clock
      self.tier = tier
      self.verdict = verdict
      self.opened = opened
      self.lost = lost
      self.holder = holder
      self.elapsed = elapsed
      self.within = within
      self.cause = cause
      self.trace = trace
    }

    /// Seconds beyond `within`.
    package var over: Int64 { elapsed - within }
  }
}

/// The rows and promises accounted for, in blocks that each tie out.
package struct LedgerBlocks: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var name: String
    package var count: Int
    /// Where the explanation of the bucket is, or nothing.
    package var note: String
    /// Whether the bucket holds what was lost, drawn in the colour of late.
    package var isLate: Bool

    package init(_ name: String, _ count: Int, note: String = "", isLate: Bool = false) {
      self.name = name
      self.count = count
      self.note = note
      self.isLate = isLate
    }
  }

  /// `whole` is the sum of `parts`.
  package struct LedgerBlock: Hashable, Sendable {
    package var whole: Line
    package var parts: [Line]

    package init(whole: Line, parts: [Line]) {
      self.whole = whole
      self.parts = parts
    }

    package var tiesOut: Bool { whole.count == parts.reduce(0) { $0 + $1.count } }
  }

  package var blocks: [LedgerBlock]

  package init(blocks: [LedgerBlock]) {
    self.blocks = blocks
  }
}
