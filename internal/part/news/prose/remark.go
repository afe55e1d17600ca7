package prose

import (
	"html/template"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/fault"
)

// DefaultRemark is how many characters a reader's comment may have unless an office
// says otherwise.
const DefaultRemark = 2_000

// RemarkField is the form's field that faults of a comment belong to.
const RemarkField = "text"

// Remark is what a reader wrote beneath an article: plain text, in paragraphs that an
// empty line parts. That of [Comment] is clean; HTML is harmless for any.
type Remark string

// Comment takes what a reader typed: composed, without characters that cannot be seen
// or that turn the order of others, spaces single, at most one empty line between
// others. It may have as many characters as most says, DefaultRemark for none. Nothing,
// and too much, is an Invalid fault at RemarkField.
func Comment(typed string, most int) (Remark, error) {
	if most <= 0 {
		most = DefaultRemark
	}
	var lines []string
	for line := range strings.Lines(oneEnding.Replace(typed)) {
		line = words(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	text := strings.TrimRight(strings.Join(lines, "\n"), "\n")
	if !strings.ContainsFunc(text, Visible) {
		return "", fault.New(fault.Invalid, "prose.comment-needed").At(RemarkField)
	}
	if utf8.RuneCountInString(text) > most {
		return "", fault.New(fault.Invalid, "prose.comment-long", "most", most).At(RemarkField)
	}
	return Remark(text), nil
}

// Visible says whether a character can be seen by itself: no space, no mark and nothing
// that only joins or turns others.
func Visible(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) }

// web is an address on the web as people type it.
var web = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"'` + "`" + `]+`)

// HTML is the remark as paragraphs, addresses on the web as links that say nothing good
// of where they lead.
func (r Remark) HTML() template.HTML {
	var w writer
	for part := range strings.SplitSeq(string(r), "\n\n") {
		w.tags("<p>")
		for i, line := range strings.Split(part, "\n") {
			if i > 0 {
				w.tags("<br>")
			}
			w.linked(line)
		}
		w.tags("</p>\n")
	}
	return template.HTML(w.String()) // every text in it went through text or attribute
}

// Links are the addresses on the web in the remark, as they are linked.
func (r Remark) Links() (links []string) {
	for _, typed := range web.FindAllString(string(r), -1) {
		if link, ok := Link(ended(typed)); ok {
			links = append(links, link)
		}
	}
	return links
}

// linked writes a text with its addresses as links.
func (w *writer) linked(line string) {
	from := 0
	for _, at := range web.FindAllStringIndex(line, -1) {
		typed := ended(line[at[0]:at[1]])
		link, ok := Link(typed)
		if !ok {
			continue
		}
		w.text(line[from:at[0]])
		w.tags("<a")
		w.attribute("href", link)
		w.tags(` rel="nofollow ugc noopener">`)
		w.text(typed)
		w.tags("</a>")
		from = at[0] + len(typed)
	}
	w.text(line[from:])
}

// ended is an address without what ends the sentence it stands in: a closing bracket
// too, which the address did not open.
func ended(typed string) string {
	extra := strings.Count(typed, ")") - strings.Count(typed, "(")
	for {
		shorter := strings.TrimRight(typed, ".,;:!?”’»…")
		if extra > 0 && strings.HasSuffix(shorter, ")") {
			shorter = shorter[:len(shorter)-1]
			extra--
		}
		if shorter == typed {
			return typed
		}
		typed = shorter
	}
}
