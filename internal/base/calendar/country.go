package calendar

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"giaoban/internal/base/clock"
)

//go:embed country/*.yaml
var countries embed.FS

// Country are the public holidays of a country.
type Country struct {
	Holidays []clock.Date `yaml:"holidays"`
	Worked   []clock.Date `yaml:"worked"`
}

// shipped are the countries by their keys, read once.
var shipped = readCountries()

// Of gives a country's public holidays by its key, as "vn".
func Of(key string) (Country, bool) {
	c, ok := shipped[key]
	return c, ok
}

func readCountries() map[string]Country {
	names, err := countries.ReadDir("country")
	if err != nil {
		panic("calendar: " + err.Error()) // they are part of the program
	}
	all := map[string]Country{}
	for _, name := range names {
		c, err := readCountry(name.Name())
		if err != nil {
			panic("calendar: " + err.Error())
		}
		all[strings.TrimSuffix(name.Name(), ".yaml")] = c
	}
	return all
}

func readCountry(name string) (c Country, err error) {
	content, err := countries.ReadFile(path.Join("country", name))
	if err != nil {
		return c, err
	}
	if err := yaml.Unmarshal(content, &c); err != nil {
		return c, fmt.Errorf("reading the holidays in %s: %w", name, err)
	}
	for _, day := range slices.Concat(c.Holidays, c.Worked) {
		if read, err := clock.ParseDate(string(day)); err != nil || read == "" {
			return c, fmt.Errorf("reading the holidays in %s: %q is no day", name, day)
		}
	}
	return c, nil
}
