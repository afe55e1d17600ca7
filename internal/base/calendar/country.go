package calendar

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"giaoban/internal/base/clock"
)

//go:embed country/*.yaml
var countries embed.FS

// Country are the public holidays of a country, or of an installation.
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
	if c, err = Parse(content); err != nil {
		return c, fmt.Errorf("reading the holidays in %s: %w", name, err)
	}
	return c, nil
}
