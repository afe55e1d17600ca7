package profile

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// LargestDocument is how many bytes a profile may have.
const LargestDocument = 256 << 10

// deepest is how far the parts of a document may stand one inside another.
const deepest = 40

// defaultDueSoonDays holds where a profile does not say (a week, as offices plan).
const defaultDueSoonDays = 7

// defaultRecordingDays holds where a profile does not say: a quarter, after which minutes
// are long signed.
const defaultRecordingDays = 90

// Parse reads a profile from its document in YAML (or JSON, which is YAML too)
// and checks all of it. The error is a fault.List of kind Invalid: each fault
// has the path of its place as its field ("levels[2].name.en") and the line as
// the value "line".
func Parse(document []byte) (*Profile, error) {
	file, err := parseFile(document)
	if err != nil {
		return nil, err
	}
	bounds := boundFinder{}
	ast.Walk(&bounds, file.Docs[0].Body)
	if len(bounds.faults) > 0 {
		return nil, bounds.faults
	}
	p := &Profile{document: slices.Clone(document)}
	if err := yaml.NodeToValue(file.Docs[0].Body, p, yaml.Strict()); err != nil {
		return nil, unreadable(err)
	}
	if faults := p.validate(); len(faults) > 0 {
		for _, f := range faults {
			f.Args = append(f.Args, "line", line(file, f.Field))
		}
		return nil, faults
	}
	if p.DueSoonDays == 0 {
		p.DueSoonDays = defaultDueSoonDays
	}
	if p.RecordingDays == 0 {
		p.RecordingDays = defaultRecordingDays
	}
	if p.Difficulties == nil {
		p.Difficulties = &defaultDifficulties
	}
	if p.Papers == nil {
		p.Papers = &defaultPapers
	}
	if p.Reminders == nil {
		p.Reminders = &defaultReminders
	}
	p.calendar = p.makeCalendar()
	if p.zone, err = time.LoadLocation(p.Zone); err != nil {
		return nil, fmt.Errorf("loading zone %q: %w", p.Zone, err)
	}
	return p, nil
}

// parseFile reads the document's structure and refuses what a profile has no
// need of: aliases, by which a short document can stand for an endless one,
// and several documents in one.
func parseFile(document []byte) (*ast.File, error) {
	switch {
	case len(document) > LargestDocument:
		return nil, fault.List{fault.New(fault.Invalid, "profile.too-large", "most", LargestDocument>>10)}
	case !utf8.Valid(document) || isDeep(document):
		return nil, fault.List{fault.New(fault.Invalid, "profile.unreadable", "line", 1, "why", "not plain UTF-8 text, or nested too deep")}
	}
	file, err := parser.ParseBytes(document, 0)
	if err != nil {
		return nil, unreadable(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fault.List{fault.New(fault.Invalid, "profile.unreadable", "line", 1, "why", "one document is expected")}
	}
	aliases := aliasFinder{}
	ast.Walk(&aliases, file.Docs[0].Body)
	if aliases.line > 0 {
		return nil, fault.List{fault.New(fault.Invalid, "profile.unreadable", "line", aliases.line, "why", "anchors and aliases are not used here")}
	}
	return file, nil
}

// isDeep reports whether brackets or indents nest deeper than any profile; the
// YAML parser calls itself for each.
func isDeep(document []byte) bool {
	depth, indent, dashes := 0, 0, 0
	for _, c := range document {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '\n':
			indent, dashes = 0, 0
		case ' ':
			indent++
		case '-', '?', ':':
			dashes++
		}
		if depth > deepest || indent > 4000 || dashes > 4000 {
			return true
		}
	}
	return false
}

// aliasFinder notes the line of the first anchor, alias or merge it meets.
type aliasFinder struct{ line int }

func (f *aliasFinder) Visit(node ast.Node) ast.Visitor {
	switch node.Type() {
	case ast.AnchorType, ast.AliasType, ast.MergeKeyType:
		if f.line == 0 {
			f.line = node.GetToken().Position.Line
		}
		return nil
	}
	return f
}

// boundFinder notes the bounds that are no numbers: the decoder would say so
// without their line.
type boundFinder struct{ faults fault.List }

func (f *boundFinder) Visit(node ast.Node) ast.Visitor {
	value, ok := node.(*ast.MappingValueNode)
	if !ok {
		return f
	}
	if key := value.Key.GetToken().Value; key != "min" && key != "max" {
		return f
	}
	bound := value.Value.GetToken()
	if _, err := text.ReadDecimal(bound.Value); err != nil && value.Value.Type() != ast.NullType {
		path := strings.TrimPrefix(value.Value.GetPath(), "$.")
		f.faults = append(f.faults, fault.New(fault.Invalid, "profile.not-a-number", "typed", bound.Value, "line", bound.Position.Line).At(path))
	}
	return f
}

// unreadable tells where the YAML itself is wrong, or says what cannot be.
func unreadable(err error) error {
	line, why := 1, err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		why = at.GetMessage()
		if token := at.GetToken(); token != nil && token.Position != nil {
			line = token.Position.Line
		}
	}
	return fault.List{fault.New(fault.Invalid, "profile.unreadable", "line", line, "why", why).Because(err)}
}

// lastStep is the last step of a path: ".name" or "[2]".
var lastStep = regexp.MustCompile(`(\.?[A-Za-z]+|\[\d+\])$`)

// line is where the place of a path stands in the file: for what is left out,
// where that stands which it should be part of.
func line(file *ast.File, path string) int {
	for path != "" {
		if at, err := yaml.PathString("$." + path); err == nil {
			if node, err := at.FilterFile(file); err == nil && node != nil && node.GetToken() != nil {
				return node.GetToken().Position.Line
			}
		}
		path = lastStep.ReplaceAllString(path, "")
	}
	return 1
}
