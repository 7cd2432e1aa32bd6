internal import CLibXlsxWriter

extension Sheet {
  /// Places a chart with its top left corner in a cell.
  package func insert(_ chart: SheetChart, at place: CellPlace) throws(WorkbookError) {
    let target = "chart at " + target(place)
    try requireOnSheet(CellRange(from: place, to: place))
    let numbers = [chart.horizontal, chart.vertical]
      .flatMap { [$0.minimum, $0.maximum, $0.unit] }.compactMap(\.self)
    guard numbers.allSatisfy(\.isFinite) else {
      throw WorkbookError(.notFinite, target: target, reason: "an axis needs finite numbers")
    }
    let book = try book.open(for: target)
    guard !chart.series.isEmpty, let handle = workbook_add_chart(book, chart.kind.code) else {
      throw WorkbookError(.invalid, target: target, reason: "a chart needs a series")
    }
    for series in chart.series { try add(series, to: handle, of: chart.kind, target: target) }
    describe(chart, on: handle)
    var options = lxw_chart_options()
    /// libxlsxwriter's own size of a chart, in pixels.
    let standard = (width: 480.0, height: 288.0)
    options.x_scale = Double(chart.width) / standard.width
    options.y_scale = Double(chart.height) / standard.height
    options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
    let description = strings(chart.alternativeText)
    defer { description.deallocate() }
    if !chart.alternativeText.isEmpty { options.description = description }
    try check(
      worksheet_insert_chart_opt(
        self.handle(), lxw_row_t(place.row), lxw_col_t(place.column), handle, &options), target)
  }

  private func add(
    _ series: SheetChart.Series, to chart: UnsafeMutablePointer<lxw_chart>,
    of kind: SheetChart.Kind, target: String
  ) throws(WorkbookError) {
    try requireOnSheet(series.categories.range)
    try requireOnSheet(series.values.range)
    guard let handle = chart_add_series(chart, nil, nil) else {
      throw WorkbookError(.invalid, target: target, reason: "libxlsxwriter made no series")
    }
    series.categories.set(on: handle, by: chart_series_set_categories)
    series.values.set(on: handle, by: chart_series_set_values)
    // A name that starts with `=` would be read as a reference.
    let name = CellText.prepared(series.name)
    chart_series_set_name(handle, name.hasPrefix("=") ? " " + name : name)
    if kind.isFilled {
      var fill = lxw_chart_fill()
      fill.color = series.colour.code
      chart_series_set_fill(handle, &fill)
      return
    }
    var line = lxw_chart_line()
    line.color = series.colour.code
    line.width = Float(series.width)
    line.dash_type = series.dash.code
    chart_series_set_line(handle, &line)
    if series.hasMarkers {
      SheetChart.setMarkers(of: handle, colour: series.colour)
    } else {
      chart_series_set_marker_type(handle, UInt8(LXW_CHART_MARKER_NONE.rawValue))
    }
  }

  private func describe(_ chart: SheetChart, on handle: UnsafeMutablePointer<lxw_chart>) {
    var title = SheetChart.font(size: 12, isBold: true)
    if chart.title.isEmpty {
      chart_title_off(handle)
    } else {
      let text = CellText.prepared(chart.title)
      chart_title_set_name(handle, text.hasPrefix("=") ? " " + text : text)
      chart_title_set_name_font(handle, &title)
    }
    let position = chart.hasLegend ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE
    chart_legend_set_position(handle, UInt8(position.rawValue))
    chart_show_blanks_as(handle, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
    let turned = chart.kind == .bar
    // In a bar chart libxlsxwriter's x axis, that of the categories, is the upright one.
    chart.horizontal.apply(to: turned ? handle.pointee.y_axis : handle.pointee.x_axis)
    chart.vertical.apply(to: turned ? handle.pointee.x_axis : handle.pointee.y_axis)
    var grid = lxw_chart_line()
    grid.color = SheetChart.gridColour.code
    grid.width = 0.75
    chart_axis_major_gridlines_set_visible(handle.pointee.y_axis, 1)
    chart_axis_major_gridlines_set_line(handle.pointee.y_axis, &grid)
  }
}

extension SheetChart {
  fileprivate static let gridColour: Colour = 0xe1e5ea
  fileprivate static let textColour: Colour = 0x404854

  fileprivate static func setMarkers(
    of series: UnsafeMutablePointer<lxw_chart_series>, colour: Colour
  ) {
    var fill = lxw_chart_fill()
    fill.color = colour.code
    var edge = lxw_chart_line()
    edge.color = colour.code
    chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
    chart_series_set_marker_size(series, 5)
    chart_series_set_marker_fill(series, &fill)
    chart_series_set_marker_line(series, &edge)
  }

  fileprivate static func font(size: Double, isBold: Bool) -> lxw_chart_font {
    var font = lxw_chart_font()
    font.size = size
    // libxlsxwriter takes 2 for "not bold, and say so": titles are bold otherwise.
    font.bold = isBold ? 1 : 2
    font.color = textColour.code
    return font
  }
}

extension SheetChart.Axis {
  fileprivate func apply(to axis: UnsafeMutablePointer<lxw_chart_axis>) {
    var label = SheetChart.font(size: 9, isBold: false)
    if !name.isEmpty {
      chart_axis_set_name(axis, CellText.prepared(name))
      chart_axis_set_name_font(axis, &label)
    }
    chart_axis_set_num_font(axis, &label)
    if let number { chart_axis_set_num_format(axis, number) }
    if let minimum { chart_axis_set_min(axis, minimum) }
    if let maximum { chart_axis_set_max(axis, maximum) }
    if let unit { chart_axis_set_major_unit(axis, unit) }
    if isLogarithmic { chart_axis_set_log_base(axis, 10) }
    if isReversed { chart_axis_set_reverse(axis) }
    chart_axis_set_label_position(axis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
  }
}

extension SheetChart.Source {
  fileprivate typealias Setter = (
    UnsafeMutablePointer<lxw_chart_series>?, UnsafePointer<CChar>?, lxw_row_t, lxw_col_t,
    lxw_row_t, lxw_col_t
  ) -> Void

  fileprivate func set(on series: UnsafeMutablePointer<lxw_chart_series>, by setter: Setter) {
    sheet.withCString {
      setter(
        series, $0, lxw_row_t(range.first.row), lxw_col_t(range.first.column),
        lxw_row_t(range.last.row), lxw_col_t(range.last.column))
    }
  }
}

extension SheetChart.Kind {
  fileprivate var isFilled: Bool { self == .column || self == .bar || self == .stackedColumn }

  fileprivate var code: UInt8 {
    switch self {
    case .line: UInt8(LXW_CHART_LINE.rawValue)
    case .column: UInt8(LXW_CHART_COLUMN.rawValue)
    case .stackedColumn: UInt8(LXW_CHART_COLUMN_STACKED.rawValue)
    case .bar: UInt8(LXW_CHART_BAR.rawValue)
    case .scatterLine: UInt8(LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS.rawValue)
    }
  }
}

extension SheetChart.Dash {
  fileprivate var code: UInt8 {
    switch self {
    case .solid: UInt8(LXW_CHART_LINE_DASH_SOLID.rawValue)
    case .dash: UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
    case .dot: UInt8(LXW_CHART_LINE_DASH_ROUND_DOT.rawValue)
    }
  }
}
