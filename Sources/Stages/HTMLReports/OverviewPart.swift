import ReportDocuments

/// The data of an overview, as JSON that the page's script reads; the script makes the fields.
enum OverviewPart {
  static func write(_ overview: Overview, to page: inout HTMLWriter) {
    page.markup("<div class=\"block overview\"><script type=\"application/json\">")
    page.markup(json(overview))
    page.markup("</script></div>")
  }

  static func json(_ overview: Overview) -> String {
    let dimensions = overview.dimensions.map { dimension in
      "{\"name\":\(quoted(dimension.name)),\"values\":["
        + dimension.values.map(quoted).joined(separator: ",") + "]}"
    }
    let rows = overview.rows.map { row in
      "[" + (row.places + [row.met, row.decided]).map(String.init).joined(separator: ",") + "]"
    }
    return "{\"dimensions\":[" + dimensions.joined(separator: ",") + "],\"rows\":["
      + rows.joined(separator: ",") + "]}"
  }

  /// A string of JSON without a character that HTML could take for markup.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars where !HTMLWriter.isRemoved(scalar) {
      switch scalar {
      case "\"", "\\", "<", ">", "&", "'", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
