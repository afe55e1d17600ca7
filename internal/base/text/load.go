package text

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Texts are the texts of this package, a source for Load.
//
//go:embed texts.yaml
var Texts embed.FS

// file is the name of the texts at the root of each source.
const file = "texts.yaml"

var (
	keyForm   = regexp.MustCompile(`^[a-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$`)
	placeForm = regexp.MustCompile(`\{[a-z][A-Za-z0-9_]*\}`)
)

// bilingual is an entry as it is written.
type bilingual struct {
	VI *string `yaml:"vi"`
	EN *string `yaml:"en"`
}

// Load reads the texts of all sources, each a file texts.yaml at its root with
// lines such as
//
//	report.sent: {vi: "Đã gửi {n} báo cáo", en: "{n} reports sent"}
//
// A key given twice, a language missing, a stray brace, and places that differ
// between the languages are errors that name the file and the key.
func Load(sources ...fs.FS) (*Catalog, error) {
	c := &Catalog{texts: map[string]entry{}, faults: map[string]bool{}}
	from := map[string]string{}
	for i, source := range sources {
		written, err := read(source)
		if err != nil {
			return nil, fmt.Errorf("reading %s of source %d: %w", file, i+1, err)
		}
		keys := slices.Sorted(maps.Keys(written))
		for _, key := range keys {
			// A file system has no name of its own: the first key tells whose texts these are.
			name := fmt.Sprintf("%s of source %d (with %q)", file, i+1, keys[0])
			if other, twice := from[key]; twice {
				return nil, fmt.Errorf("%s: key %q stands also in %s", name, key, other)
			}
			text, err := compile(key, written[key])
			if err != nil {
				return nil, fmt.Errorf("%s: key %q: %w", name, key, err)
			}
			from[key], c.texts[key] = name, text
		}
	}
	return c, nil
}

func read(source fs.FS) (map[string]bilingual, error) {
	written, err := fs.ReadFile(source, file)
	if err != nil {
		return nil, err
	}
	texts := map[string]bilingual{}
	if err := yaml.UnmarshalWithOptions(written, &texts, yaml.Strict()); err != nil {
		return nil, err
	}
	return texts, nil
}

func compile(key string, written bilingual) (entry, error) {
	switch {
	case !keyForm.MatchString(key):
		return entry{}, fmt.Errorf("not of the form part.name")
	case written.VI == nil || strings.TrimSpace(*written.VI) == "":
		return entry{}, fmt.Errorf("no Vietnamese text")
	case written.EN == nil || strings.TrimSpace(*written.EN) == "":
		return entry{}, fmt.Errorf("no English text")
	}
	vi, err := cut(*written.VI)
	if err != nil {
		return entry{}, fmt.Errorf("vi: %w", err)
	}
	en, err := cut(*written.EN)
	if err != nil {
		return entry{}, fmt.Errorf("en: %w", err)
	}
	if a, b := places(vi), places(en); !slices.Equal(a, b) {
		return entry{}, fmt.Errorf("places differ: vi has %v, en has %v", a, b)
	}
	return entry{vi: vi, en: en}, nil
}

// cut divides a text at its places.
func cut(text string) ([]piece, error) {
	var pieces []piece
	words := func(s string) error {
		if strings.ContainsAny(s, "{}") {
			return fmt.Errorf("a brace that is no place such as {name} in %q", text)
		}
		if s != "" {
			pieces = append(pieces, piece{words: s})
		}
		return nil
	}
	start := 0
	for _, at := range placeForm.FindAllStringIndex(text, -1) {
		if err := words(text[start:at[0]]); err != nil {
			return nil, err
		}
		pieces = append(pieces, piece{place: text[at[0]+1 : at[1]-1]})
		start = at[1]
	}
	if err := words(text[start:]); err != nil {
		return nil, err
	}
	return pieces, nil
}

// places are the names of the places of a text, each once, in alphabetical order.
func places(pieces []piece) []string {
	var names []string
	for _, p := range pieces {
		if p.place != "" {
			names = append(names, p.place)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
