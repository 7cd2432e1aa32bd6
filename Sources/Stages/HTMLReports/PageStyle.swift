import ReportDocuments

/// The page's only style sheet.
enum PageStyle {
  static func text(for properties: ReportDocument.Properties) -> String {
    colours + PageStyle.base + PageStyle.tables + PageStyle.drawings + PageStyle.screens
      + PageStyle.print + marginBoxes(properties) + accent(properties)
  }

  /// The agreement's own colour, of the rule above sections and the line of the logo alone.
  private static func accent(_ properties: ReportDocument.Properties) -> String {
    guard let accent = properties.accent, isColour(accent.light), isColour(accent.dark) else {
      return ""
    }
    return """
      .part,.brand{border-color:\(accent.light)}
      @media screen and (prefers-color-scheme:dark){.part,.brand{border-color:\(accent.dark)}}

      """
  }

  /// Whether a text is `#` and six hexadecimal digits, and nothing that style sheets could read.
  private static func isColour(_ text: String) -> Bool {
    text.utf8.count == 7 && text.hasPrefix("#")
      && text.utf8.dropFirst().allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
      }
  }

  private static let colours = """
    :root{color-scheme:light;--page:#fff;--surface:#f5f6f8;--line:#e1e5ea;--line2:#aeb7c2;--ink:#14181f;
    --ink2:#404854;--ink3:#5b6470;--blue:#2567ab;--blue2:#6194c8;--blue3:#a9c6e3;--band:#e4edf7;
    --late:#a62c13;--late2:#d4704f;--late3:#f2c4b5;--latebg:#fcece6;--met:#c6e4da;--met-ink:#08483c;
    --amber:#f4c653;--amber-ink:#3a2900;--missed:#a62c13;--missed-ink:#fff;--none:#f3f5f7;
    --none-ink:#535c68;--met-hatch:#eef8f4;--amber-hatch:#fdedc4;--missed-hatch:#6f1908;
    --heat1:#fbe3da;--heat2:#f3bca8;--heat3:#e48c6d;--heat4:#bf4a2a;--heat5:#86260f;--heat3-ink:#14181f;
    --heat5-ink:#fff}
    @media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--page:#0f1318;
    --surface:#181e26;--line:#29313c;--line2:#5c6878;--ink:#eceff3;--ink2:#c0c8d2;--ink3:#99a4b2;
    --blue:#6aa5e8;--blue2:#4a7fba;--blue3:#33587f;--band:#1a2a3d;--late:#ff9a7d;--late2:#d2613f;
    --late3:#6e3020;--latebg:#261511;--met:#174036;--met-ink:#a5e3d0;--amber:#665000;
    --amber-ink:#ffe3a0;--missed:#ff8a6a;--missed-ink:#1d0803;--none:#181e26;--none-ink:#b3bcc8;
    --met-hatch:#0c241e;--amber-hatch:#3d2f00;--missed-hatch:#ffc4b3;
    --heat1:#2e1b16;--heat2:#56291c;--heat3:#8d3f28;--heat4:#cf6745;--heat5:#ffa787;--heat3-ink:#fff;
    --heat5-ink:#140602}}

    """

  /// Title, customer, period and as-of around each printed page.
  private static func marginBoxes(_ properties: ReportDocument.Properties) -> String {
    """
    @page{@top-left{content:\(quoted(properties.title + ": " + properties.customer))}
    @top-right{content:\(quoted(issued(properties)))}
    @bottom-left{content:\(quoted(properties.asOfText))}
    @bottom-right{content:counter(page) " of " counter(pages)}}

    """
  }

  /// The period, and which issue of its pack it is.
  private static func issued(_ properties: ReportDocument.Properties) -> String {
    [properties.period, properties.issue].filter { !$0.isEmpty }.joined(separator: ". ")
  }

  /// A string of CSS in which every character that could end it is written as a number.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    let short = TextWidth.label(text, limit: 70)
    for scalar in short.unicodeScalars where !HTMLWriter.isRemoved(scalar) {
      switch scalar {
      case "\"", "\\", "<", ">", "&", "'": quoted += "\\" + String(scalar.value, radix: 16) + " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
