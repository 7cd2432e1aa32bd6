/// The program that reads a workbook: standard input is the workbook, standard output CSV.
///
/// A row of the sheet is a line, also where it is empty, so that a line's number is that of the
/// row. Remarks and failures go to standard error, a line each, with tabs between their parts; see
/// ``WorkbookText``. Its arguments are the name of the sheet (or nothing), whether line breaks
/// inside cells stay, and how many bytes of memory it may use.
enum WorkbookScript {
  static let text = #"""
    import datetime, re, resource, sys, warnings, zipfile

    SHEET, KEEPS_BREAKS, MEMORY = sys.argv[1], sys.argv[2] == "yes", int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")

    def say(*parts):
        line = "\t".join(" ".join(str(part).split()) for part in parts)
        sys.stderr.buffer.write(line.encode("utf-8", "replace") + b"\n")

    def fail(*parts):
        say("fail", *parts)
        sys.stdout.flush()
        sys.exit(3)

    def kind(archive):
        names = set(archive.namelist())
        if "mimetype" in names and archive.read("mimetype")[:60].startswith(
                b"application/vnd.oasis.opendocument"):
            return "opendocument"
        if "xl/workbook.bin" in names:
            return "binary"
        return "workbook" if "[Content_Types].xml" in names else "zip"

    TEXT_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
    QUOTED = re.compile(r'[",\n\r]|^\s|\s$')
    BREAKS = re.compile(r"\s*[\r\n]+\s*")

    def letters(column):
        name = ""
        while column:
            column, rest = divmod(column - 1, 26)
            name = chr(65 + rest) + name
        return name

    def duration(seconds):
        seconds = round(seconds)
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return "%s%d:%02d:%02d" % (sign, seconds // 3600, seconds // 60 % 60, seconds % 60)

    # Days 1 and 2 of a workbook's count: what programs make of 1900-01-01, which exports write for
    # no date, depends on whether they believe in 29 February 1900.
    EARLY = datetime.datetime(1899, 12, 31), datetime.datetime(1900, 1, 3)

    def moment(value):
        if isinstance(value, datetime.datetime) and EARLY[0] <= value < EARLY[1]:
            value = value.replace(1900, 1, 1)
        blank = [" "] if isinstance(value, datetime.datetime) else []
        text = value.replace(microsecond=0).isoformat(*blank)
        return text + ".%03d" % (value.microsecond // 1000) if value.microsecond else text

    def number(value):
        if isinstance(value, float):
            if value == int(value) and abs(value) < 1e15:
                return str(int(value))
            return "%.15g" % value
        return str(value)

    class Column:
        def __init__(self):
            self.dates = self.errors = self.long = 0
            self.text_date = self.first_error = self.first_long = None

    class Reader:
        def __init__(self, book):
            from openpyxl.styles.numbers import is_timedelta_format
            from openpyxl.utils.datetime import to_excel
            self.is_span = is_timedelta_format
            self.serial = lambda value: to_excel(value, book.epoch)
            self.spans = {}
            self.columns = {}

        def is_duration(self, cell):
            style = cell._style_id
            if style not in self.spans:
                self.spans[style] = self.is_span(cell.number_format)
            return self.spans[style]

        def text(self, cell):
            value = cell.value
            if value is None:
                return ""
            column = self.columns.setdefault(cell.column, Column())
            if isinstance(value, str):
                if cell.data_type == "e":
                    column.errors += 1
                    column.first_error = column.first_error or (cell.row, value)
                    return ""
                if not column.text_date and TEXT_DATE.match(value):
                    column.text_date = (cell.row, value)
                return value
            if isinstance(value, bool):
                return "true" if value else "false"
            if isinstance(value, datetime.timedelta):
                return duration(value.total_seconds())
            if isinstance(value, datetime.datetime):
                if self.is_duration(cell):
                    return duration(self.serial(value) * 86400)
                column.dates += 1
                return moment(value)
            if isinstance(value, datetime.time):
                seconds = value.hour * 3600 + value.minute * 60 + value.second
                return duration(seconds) if self.is_duration(cell) else moment(value)
            if isinstance(value, datetime.date):
                column.dates += 1
                return value.isoformat()
            if self.is_duration(cell):
                return duration(value * 86400)
            if abs(value) >= 1e15:
                column.long += 1
                column.first_long = column.first_long or (cell.row, number(value))
            return number(value)

        def line(self, row):
            texts = [self.text(cell) for cell in row]
            while texts and texts[-1] == "":
                texts.pop()
            return texts

        def remarks(self, header):
            for index, column in sorted(self.columns.items()):
                name = header[index - 1] if index <= len(header) else letters(index)
                if column.first_error:
                    row, value = column.first_error
                    say("error", row, letters(index), name, value, column.errors)
                if column.first_long:
                    row, value = column.first_long
                    say("long", row, letters(index), name, value, column.long)
                if column.text_date and column.dates:
                    row, value = column.text_date
                    say("mixed", row, letters(index), name, value, column.dates)

    def field(text):
        if not KEEPS_BREAKS and ("\n" in text or "\r" in text):
            text = BREAKS.sub(" ", text)
        if QUOTED.search(text):
            return '"' + text.replace('"', '""') + '"'
        return text

    MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
    EMPTY_FORMULA = re.compile(rb"</(?:\w+:)?f>(?:<v ?/>|<v></v>)?</c>")

    def look(source):
        "Finds what openpyxl does not tell: merged cells, formulas that were never calculated."
        merged, formulas, rest = [], 0, b""
        while True:
            block = source.read(1 << 20)
            text = rest + block
            # What may go on in the next block is looked at with it.
            cut = len(text) if not block else max(0, text.rfind(b"<c "), text.rfind(b"<mergeCell "))
            merged += MERGED.findall(text, 0, cut)
            formulas += len(EMPTY_FORMULA.findall(text, 0, cut))
            rest = text[cut:]
            if not block:
                return merged, formulas
            if len(rest) > 64 << 20:
                rest = b""

    def find(book):
        sheets = book.worksheets
        if SHEET:
            for sheet in sheets:
                if sheet.title == SHEET:
                    return sheet
            fail("sheet", *[sheet.title for sheet in sheets[:20]])
        if not sheets:
            fail("damaged", "it has no sheet")
        for sheet in sheets:
            if sheet.sheet_state == "visible":
                return sheet
        return sheets[0]

    def main():
        source = sys.stdin.buffer
        try:
            archive = zipfile.ZipFile(source)
            found = kind(archive)
        except zipfile.BadZipFile:
            fail("damaged", "it ends early, or is no workbook at all")
        if found != "workbook":
            fail(found)
        try:
            import openpyxl
        except ImportError:
            fail("missing")
        source.seek(0)
        book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
        sheet = find(book)
        with sheet._get_source() as xml:
            merged, formulas = look(xml)
        # Some programs write a wrong one, and rows behind it would be left out.
        sheet.reset_dimensions()
        reader, out, header, empty = Reader(book), sys.stdout.buffer, None, 0
        row_number = 0
        for row in sheet.iter_rows():
            row_number += 1
            texts = reader.line(row)
            if not texts:
                empty += 1
                continue
            if empty:
                out.write(b"\n" * empty)
                empty = 0
            if header is None:
                header, header_row = texts, row_number
            texts += [""] * (len(header) - len(texts))
            line = ",".join(map(field, texts))
            out.write(line.encode("utf-8", "replace") + b"\n")
        say("sheet", sheet.title, sum(s.sheet_state == "visible" for s in book.worksheets))
        if header is not None:
            reader.remarks(header)
            spans = [ref for ref in merged if int(ref[3]) >= header_row]
            if spans:
                left, top, right, bottom = (part.decode() for part in spans[0])
                say("merged", top, left + top + ":" + right + bottom, len(spans))
        if formulas:
            say("formulas", formulas)
        out.flush()

    try:
        main()
    except MemoryError:
        fail("memory")
    except BrokenPipeError:
        sys.exit(4)
    except Exception as error:
        if type(error).__name__ in ("XMLSyntaxError", "ParseError"):
            fail("damaged", "its XML is not well-formed")
        fail("damaged", "%s: %s" % (type(error).__name__, str(error)[:200]))
    """#
}
