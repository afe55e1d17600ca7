package profile

import (
	"fmt"
	"slices"

	"giaoban/internal/base/text"
)

// Standing is what a unit may be at a milestone beside done and not done, by a
// decision of a unit above: exempt, postponed, waiting for a merger.
type Standing struct {
	Key  string     `yaml:"key" json:"key"`
	Name text.Words `yaml:"name" json:"name"` // as of one unit: "exempt"
	Hint text.Words `yaml:"hint,omitempty" json:"hint,omitempty"`
	// NotCounted takes the unit out of the denominator: it is not asked.
	NotCounted bool `yaml:"notCounted,omitempty" json:"notCounted,omitempty"`
	// Until says whether a decision names a day, which is the unit's deadline
	// then: [UntilRequired], [UntilOptional], or "" for never.
	Until string `yaml:"until,omitempty" json:"until,omitempty"`
}

// What a standing says of the day until which it holds.
const (
	UntilRequired = "required"
	UntilOptional = "optional"
)

// Standing finds a standing by its key.
func (p *Profile) Standing(key string) (Standing, bool) {
	return find(p.Standings, func(s Standing) bool { return s.Key == key })
}

func (p *Profile) validateStandings(c *checker) {
	keys := map[string]bool{}
	for n, s := range p.Standings {
		path := fmt.Sprintf("standings[%d]", n)
		c.key(path+".key", s.Key, keys)
		c.bothWords(path+".name", s.Name)
		c.length(path+".hint", s.Hint)
		if !slices.Contains([]string{"", UntilRequired, UntilOptional}, s.Until) || s.NotCounted && s.Until != "" {
			c.wrong(path+".until", "profile.bad-until", "typed", s.Until)
		}
	}
}
