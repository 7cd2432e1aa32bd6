internal import CLibXlsxWriter

/// The formats of one workbook, each made once.
struct FormatCache {
  private var handles: [CellFormat: UnsafeMutablePointer<lxw_format>] = [:]

  mutating func handle(
    for format: CellFormat, in book: UnsafeMutablePointer<lxw_workbook>
  ) -> UnsafeMutablePointer<lxw_format>? {
    if let handle = handles[format] { return handle }
    guard let handle = workbook_add_format(book) else { return nil }
    format.apply(to: handle)
    handles[format] = handle
    return handle
  }
}

extension CellFormat {
  fileprivate func apply(to handle: UnsafeMutablePointer<lxw_format>) {
    if let number { format_set_num_format(handle, number) }
    if isBold { format_set_bold(handle) }
    if isItalic { format_set_italic(handle) }
    if isUnderlined { format_set_underline(handle, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
    if let size { format_set_font_size(handle, Double(size)) }
    if let colour { format_set_font_color(handle, colour.code) }
    if let background { format_set_bg_color(handle, background.code) }
    if let horizontal { format_set_align(handle, horizontal.code) }
    if let vertical { format_set_align(handle, vertical.code) }
    if wraps { format_set_text_wrap(handle) }
    if indent > 0 { format_set_indent(handle, UInt8(clamping: min(indent, 15))) }
    if let top {
      format_set_top(handle, top.weight.code)
      format_set_top_color(handle, top.colour.code)
    }
    if let bottom {
      format_set_bottom(handle, bottom.weight.code)
      format_set_bottom_color(handle, bottom.colour.code)
    }
    if let left {
      format_set_left(handle, left.weight.code)
      format_set_left_color(handle, left.colour.code)
    }
    if let right {
      format_set_right(handle, right.weight.code)
      format_set_right_color(handle, right.colour.code)
    }
  }
}

extension Colour {
  /// libxlsxwriter takes 0 for "no colour given"; its black is this.
  private static let black: UInt32 = 0x100_0000

  var code: lxw_color_t { value == 0 ? Self.black : value }
}

extension CellFormat.Horizontal {
  fileprivate var code: UInt8 {
    switch self {
    case .left: UInt8(LXW_ALIGN_LEFT.rawValue)
    case .centre: UInt8(LXW_ALIGN_CENTER.rawValue)
    case .right: UInt8(LXW_ALIGN_RIGHT.rawValue)
    }
  }
}

extension CellFormat.Vertical {
  fileprivate var code: UInt8 {
    switch self {
    case .top: UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)
    case .middle: UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue)
    case .bottom: UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue)
    }
  }
}

extension CellFormat.Border.Weight {
  fileprivate var code: UInt8 {
    switch self {
    case .hair: UInt8(LXW_BORDER_HAIR.rawValue)
    case .thin: UInt8(LXW_BORDER_THIN.rawValue)
    case .medium: UInt8(LXW_BORDER_MEDIUM.rawValue)
    }
  }
}
