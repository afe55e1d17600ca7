package profile

import (
	"fmt"

	"giaoban/internal/base/text"
)

// Line is a line of reporting beside that of the tree: a district's military
// command is counted by its district, and reports to the province's command, too.
type Line struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"`
}

// LineOf finds a line by its key.
func (p *Profile) LineOf(key string) (Line, bool) {
	return find(p.Lines, func(l Line) bool { return l.Key == key })
}

func (p *Profile) validateLines(c *checker) {
	keys := map[string]bool{}
	for n, l := range p.Lines {
		path := fmt.Sprintf("lines[%d]", n)
		c.key(path+".key", l.Key, keys)
		c.bothWords(path+".name", l.Name)
	}
}
