package newsui

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// publicBoardPage is a public board as everybody reads it.
type publicBoardPage struct {
	*shownFigures
	Of        news.PublicBoard
	Withdrawn bool
	Picture   string // address of the picture
	Sheet     string // address of the figures
	Embed     string // what another site puts into its page
}

// shownBoard is the public board of the address as everybody may see it.
func (s *screens) shownBoard(r *web.Request) (b news.PublicBoard, c news.Cleared, err error) {
	id, err := r.ID("shown")
	if err != nil {
		return b, c, err
	}
	err = r.View(func(q store.Querier) error {
		b, c, err = news.ShownBoard(r.Context(), q, id)
		return err
	})
	if err == nil {
		r.Share(b.Subject())
	}
	return b, c, err
}

// boardLine is a public board in a list.
type boardLine struct {
	news.Cleared
	AsOf string
}

// Path is where its figures are read.
func (l boardLine) Path() string { return publicBoardPath(l.Board, l.Slug()) }

func boardLines(r *web.Request, list []news.Cleared) (lines []boardLine) {
	for _, c := range list {
		lines = append(lines, boardLine{c, asOf(r)(c.Moment)})
	}
	return lines
}

// showPublicBoards lists what the public is shown of boards.
func (s *screens) showPublicBoards(r *web.Request) error {
	var list []news.Cleared
	err := r.View(func(q store.Querier) (err error) {
		list, err = news.ShownBoards(r.Context(), q)
		return err
	})
	if err != nil {
		return err
	}
	if err := asPublic(r, r.T("newsui.figures")); err != nil {
		return err
	}
	r.Layout().Head.Description, r.Layout().Head.Unlisted = r.T("newsui.figures.means"), len(list) == 0
	r.Share(AnyBoard)
	return r.Render(s.publicBoards, boardLines(r, list))
}

// toPublicBoard leads from a short address to the whole one.
func (s *screens) toPublicBoard(r *web.Request) error {
	b, _, err := s.shownBoard(r)
	if err != nil {
		return err
	}
	return r.See(publicBoardPath(b.ID, b.Slug))
}

func (s *screens) showPublicBoard(r *web.Request) error {
	b, c, err := s.shownBoard(r)
	if err != nil {
		return err
	}
	if publicBoardPath(b.ID, b.Slug) != r.URL.Path {
		return r.See(publicBoardPath(b.ID, b.Slug))
	}
	short := fmt.Sprintf("/news/board/%d", b.ID)
	page := publicBoardPage{shownFigures: figuresOf(r, c), Of: b, Withdrawn: !b.Shown(), Picture: short + "/picture.svg?lang=" + string(r.Lang), Sheet: short + "/figures.csv?lang=" + string(r.Lang)}
	page.Embed = fmt.Sprintf(`<a href="%s"><img src="%s" width="%d" height="%d" alt="%s"></a>`,
		s.Address+publicBoardPath(b.ID, b.Slug), s.Address+html.EscapeString(page.Picture), pictureWidth, drawingOf(r, c).height(), html.EscapeString(c.Title+". "+page.AsOf))
	if err := asPublic(r, c.Title); err != nil {
		return err
	}
	return r.Render(s.publicBoard, page)
}

// givePictureOfBoard draws a public board for pages of others.
func (s *screens) givePictureOfBoard(r *web.Request) error {
	b, c, err := s.shownBoard(r)
	if err != nil {
		return err
	}
	drawing := drawingOf(r, c)
	if !b.Shown() {
		drawing = drawing.withdrawn(r)
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "image/svg+xml")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin") // it is made to stand on other sites
	header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	_, err = r.Writer.Write(drawing.svg())
	return err
}

// giveSheetOfBoard gives the figures of a public board for a spreadsheet.
func (s *screens) giveSheetOfBoard(r *web.Request) error {
	b, c, err := s.shownBoard(r)
	if err != nil {
		return err
	}
	table := sheet.Sheet{Name: c.Title, Rows: [][]sheet.Cell{sheet.TextRow(
		r.T("newsui.board.milestone"), r.T("newsui.board.level"), r.T("newsui.board.done"), r.T("newsui.board.total"), r.T("newsui.board.share"), r.T("newsui.board.as-of"),
	)}}
	shown := figuresOf(r, c)
	next := 0
	for _, group := range shown.Groups {
		for _, row := range group.Rows {
			f := c.Figures[next] // in their order
			next++
			table.Rows = append(table.Rows, []sheet.Cell{
				sheet.Text(group.Milestone), sheet.Text(row.Level), sheet.Integer(int64(f.Done)), sheet.Integer(int64(f.Total)), sheet.Text(row.Percent), sheet.Text(shown.AsOf),
			})
		}
	}
	var content bytes.Buffer
	if err := sheet.WriteCSV(&content, table); err != nil {
		return err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.csv"`, strings.TrimPrefix(b.Slug+"-", "-")+"so-lieu"))
	header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	if !b.Shown() {
		r.Writer.WriteHeader(http.StatusGone)
	}
	_, err = r.Writer.Write(content.Bytes())
	return err
}

// Measures of the picture, in its own units; a letter is about half as wide as high.
const (
	pictureWidth = 640
	margin       = 24
	lettersTitle = 44
	lettersLine  = 74
)

// drawing is the picture of a public board, line by line from above.
type drawing struct {
	title, about string // for those who listen
	lines        []drawn
}

// drawn is one line of a picture: a text, with a second at the right edge, or a bar.
type drawn struct {
	text, right string
	size, high  int
	colour      string
	bold        bool
	bar         float64 // how full; negative for none
}

func (d *drawing) write(line drawn, letters int) {
	line.bar = -1
	for i, part := range wrapped(line.text, letters) {
		one := line
		if one.text = part; i > 0 {
			one.right = ""
		}
		d.lines = append(d.lines, one)
	}
}

func drawingOf(r *web.Request, c news.Cleared) drawing {
	shown := figuresOf(r, c)
	d := drawing{title: c.Title}
	d.write(drawn{text: c.Title, size: 25, high: 32, colour: "#7a1016", bold: true}, lettersTitle)
	d.write(drawn{text: c.Name, size: 15, high: 24, colour: "#5d564c"}, lettersLine)
	var heard []string
	next := 0
	for _, group := range shown.Groups {
		d.write(drawn{text: group.Milestone, size: 17, high: 38, colour: "#26221c", bold: true}, lettersLine-10)
		for _, row := range group.Rows {
			d.write(drawn{text: row.Level, right: row.Done + "/" + row.Total + " · " + row.Percent, size: 16, high: 28, colour: "#26221c"}, lettersLine-24)
			d.lines = append(d.lines, drawn{high: 20, bar: share(c.Figures[next])})
			heard = append(heard, group.Milestone+", "+row.Level+": "+row.Done+"/"+row.Total)
			next++
		}
	}
	d.about = strings.Join(append(heard, shown.AsOf), ". ")
	d.write(drawn{text: shown.AsOf + " · " + r.T("newsui.board.by", "name", c.By), size: 13, high: 26, colour: "#5d564c"}, lettersLine+20)
	return d
}

// withdrawn is what stands in the picture's place when it is shown no more.
func (d drawing) withdrawn(r *web.Request) drawing {
	gone := drawing{title: d.title, about: r.T("newsui.board.gone")}
	gone.write(drawn{text: d.title, size: 25, high: 32, colour: "#7a1016", bold: true}, lettersTitle)
	gone.write(drawn{text: r.T("newsui.board.gone"), size: 16, high: 30, colour: "#26221c"}, lettersLine)
	return gone
}

func (d drawing) height() int {
	sum := 2 * margin
	for _, line := range d.lines {
		sum += line.high
	}
	return sum
}

// svg writes the picture: attributes alone, for it stands under policies of others.
func (d drawing) svg() []byte {
	var b bytes.Buffer
	height := d.height()
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc" font-family="'Be Vietnam Pro','Segoe UI',Roboto,Arial,sans-serif">`, pictureWidth, height, pictureWidth, height)
	fmt.Fprintf(&b, `<title id="title">%s</title><desc id="desc">%s</desc>`, html.EscapeString(d.title), html.EscapeString(d.about))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fffdf8" stroke="#ddd5c6"/><rect width="%d" height="5" fill="#a3161e"/>`, pictureWidth, height, pictureWidth)
	y := margin
	for _, line := range d.lines {
		line.svg(&b, y)
		y += line.high
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// svg writes a line whose upper edge is at y.
func (l drawn) svg(b *bytes.Buffer, y int) {
	wide := pictureWidth - 2*margin
	if l.bar >= 0 {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="10" rx="5" fill="#e8e1d3"/>`, margin, y+4, wide)
		if full := float64(wide) * l.bar; full > 0 {
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%.1f" height="10" rx="5" fill="#2f7d4f"/>`, margin, y+4, max(full, 10))
		}
		return
	}
	weight := 400
	if l.bold {
		weight = 650
	}
	base := y + l.high - l.size/3
	fmt.Fprintf(b, `<text x="%d" y="%d" font-size="%d" font-weight="%d" fill="%s">%s</text>`, margin, base, l.size, weight, l.colour, html.EscapeString(l.text))
	if l.right != "" {
		fmt.Fprintf(b, `<text x="%d" y="%d" font-size="%d" font-weight="650" fill="%s" text-anchor="end">%s</text>`, pictureWidth-margin, base, l.size, l.colour, html.EscapeString(l.right))
	}
}

// wrapped is a text in lines of at most so many letters, cut between words.
func wrapped(said string, letters int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(said) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > letters {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}
