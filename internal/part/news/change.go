package news

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change is a field of an article that two of its texts say differently.
type Change struct {
	Field string // "headline", "lead", "body", "category", "source", "authors", "tags", "related", "picture", "files"
	Parts []Part // in reading order; of a body whose words are the same and only their form is not, none
}

// Part is words that both texts have, or one of them.
type Part struct {
	Kind PartKind
	Text string
}

// PartKind says in which of two texts words stand.
type PartKind string

// The kinds of parts.
const (
	Kept    PartKind = "kept"    // in both
	Added   PartKind = "added"   // in the newer one
	Removed PartKind = "removed" // in the older one
)

// Changes gives what is different between two texts, word by word, the headline first;
// none where they say the same.
func Changes(from, to Text) (list []Change) {
	older, newer := from.fields(), to.fields()
	for i, field := range newer {
		if field.said != older[i].said {
			list = append(list, Change{Field: field.name, Parts: parts(older[i].words, field.words)})
		}
	}
	return list
}

// field is one of a text's: all that it says, and the words of that.
type field struct{ name, said, words string }

func (t Text) fields() []field {
	related := make([]string, len(t.Related))
	for i, id := range t.Related {
		related[i] = strconv.FormatInt(id, 10)
	}
	body, words := t.Body, t.Body
	if document, err := t.Document(); err == nil {
		words = document.Text()
		if as, _, err := document.Field(); err == nil {
			body = as // a form may write the same in other ways
		}
	}
	same := func(name, said string) field { return field{name, said, said} }
	return []field{
		same("headline", t.Headline), same("lead", t.Lead),
		{"body", body, words},
		same("category", t.Category), same("source", t.Source),
		same("authors", strings.Join(t.Authors, ", ")), same("tags", strings.Join(t.Tags, ", ")), same("related", strings.Join(related, ", ")),
		t.picture(),
		{"files", strings.Join(t.Files, " "), strconv.Itoa(len(t.Files))}, // names are the files' own, ids say nothing
	}
}

// picture is the one that leads the article: its words, and which it is.
func (t Text) picture() field {
	if t.Picture == nil {
		return field{name: "picture"}
	}
	words := strings.Join([]string{t.Picture.Caption, t.Picture.Credit, t.Picture.Alt}, "\n")
	return field{"picture", t.Picture.File + "\n" + words, words}
}

// enough is how long the shortest difference is looked for; what is found by then is a
// difference too, only longer. Texts of an article's greatest length take a tenth of it.
const enough = 2 * time.Second

// parts are two texts in one, word by word; none where they are the same.
func parts(from, to string) (list []Part) {
	if from == to {
		return nil
	}
	words := vocabulary{number: map[string]rune{}}
	differ := diffmatchpatch.New()
	differ.DiffTimeout = enough
	for _, d := range differ.DiffMainRunes(words.numbers(from), words.numbers(to), false) {
		kind := map[diffmatchpatch.Operation]PartKind{diffmatchpatch.DiffEqual: Kept, diffmatchpatch.DiffInsert: Added, diffmatchpatch.DiffDelete: Removed}[d.Type]
		list = append(list, Part{kind, words.text(d.Text)})
	}
	return together(list)
}

// together has words that were exchanged one after another stand as one removal and one
// addition: a reader follows sentences, not spaces that happen to be in both.
func together(list []Part) (joined []Part) {
	var removed, added string
	flush := func() {
		if removed != "" {
			joined = append(joined, Part{Removed, removed})
		}
		if added != "" {
			joined = append(joined, Part{Added, added})
		}
		removed, added = "", ""
	}
	for i, part := range list {
		switch {
		case part.Kind == Removed:
			removed += part.Text
		case part.Kind == Added:
			added += part.Text
		case strings.TrimLeft(part.Text, " ") == "" && (removed != "" || added != "") && i < len(list)-1:
			removed, added = removed+part.Text, added+part.Text
		default:
			flush()
			joined = append(joined, part)
		}
	}
	flush()
	return joined
}

// vocabulary numbers words, so that a difference of letters is one of words.
type vocabulary struct {
	words  []string
	number map[string]rune
}

// firstWord is the number of the first word: those below are left out, and so are the
// surrogates, which are no letters.
const (
	firstWord      = 1
	firstSurrogate = 0xD800
	surrogates     = 0x800
)

func (v *vocabulary) numbers(text string) (list []rune) {
	for _, word := range wordsOf(text) {
		n, known := v.number[word]
		if !known {
			n = rune(firstWord + len(v.words))
			if n >= firstSurrogate {
				n += surrogates
			}
			v.number[word], v.words = n, append(v.words, word)
		}
		list = append(list, n)
	}
	return list
}

func (v *vocabulary) text(numbers string) string {
	var said strings.Builder
	for _, n := range numbers {
		if n >= firstSurrogate {
			n -= surrogates
		}
		said.WriteString(v.words[n-firstWord])
	}
	return said.String()
}

// wordsOf parts a text into words, spaces, and single marks; joined they are the text.
func wordsOf(text string) (list []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return 1
		case r == ' ':
			return 2
		}
		return 0
	}
	begin, before := 0, 0
	for i, r := range text {
		now := kind(r)
		if i > 0 && (now != before || now == 0) {
			list = append(list, text[begin:i])
			begin = i
		}
		before = now
	}
	if begin < len(text) {
		list = append(list, text[begin:])
	}
	return list
}
