import Mustache
package import ReportDocuments

/// Renders a report to one self-contained page.
package enum HTMLReport {
  /// The page in UTF-8; the same document always gives the same bytes.
  ///
  /// - Throws: Only if the frame in this module cannot be parsed.
  package static func page(_ document: ReportDocument) throws -> [UInt8] {
    Array(try text(document).utf8)
  }

  private static func text(_ document: ReportDocument) throws -> String {
    let anchors = Anchors(document)
    let properties = document.properties
    let style = PageStyle.text(for: properties)
    var rail = HTMLWriter()
    CoverPart.contents(document, anchors, label: "Contents", to: &rail)
    var body = HTMLWriter()
    CoverPart.write(document, anchors, to: &body)
    if !document.slam.title.isEmpty { SlamPart.write(document.slam, anchors, to: &body) }
    for section in document.sections { SectionPart.write(section, anchors, to: &body) }
    let frame = try MustacheTemplate(string: PageFrame.template)
    return frame.render([
      "title": HTMLWriter.escape(properties.title),
      "identity": HTMLWriter.escape(properties.customer + ", " + properties.period),
      "asOf": HTMLWriter.escape(properties.asOfText),
      "zone": HTMLWriter.escape(properties.zone),
      "countBy": HTMLWriter.escape(properties.countBy),
      "generator": HTMLWriter.escape(properties.generator),
      "styleHash": PageDigest.source(of: style),
      "scriptHash": PageDigest.source(of: PageScript.text),
      "style": style,
      "script": PageScript.text,
      "rail": rail.text,
      "body": body.text,
    ])
  }
}
