package profile

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"giaoban/internal/base/fault"
)

// documents are the profiles that come with the program.
//
//go:embed vn-party-2020.yaml vn-party-2025.yaml association.yaml
var documents embed.FS

// Default is the name of the profile of a new installation that asks for none.
const Default = "vn-party-2020"

var shippedNames = [...]string{Default, "vn-party-2025", "association"}

// shipped holds the parsed profiles by name: they are read once.
var shipped = sync.OnceValues(func() (map[string]*Profile, error) {
	profiles := map[string]*Profile{}
	for _, name := range shippedNames {
		document, err := documents.ReadFile(name + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("reading the shipped profile %q: %w", name, err)
		}
		p, err := Parse(document)
		if err != nil {
			return nil, fmt.Errorf("parsing the shipped profile %q: %w", name, err)
		}
		profiles[p.Name] = p
	}
	return profiles, nil
})

// Shipped are the names of the profiles that come with the program, the
// default first.
func Shipped() []string { return slices.Clone(shippedNames[:]) }

// Get gives the shipped profile of a name, or a fault of kind NotFound.
func Get(name string) (*Profile, error) {
	profiles, err := shipped()
	if err != nil {
		return nil, err
	}
	p, ok := profiles[name]
	if !ok {
		return nil, fault.New(fault.NotFound, "profile.not-shipped", "name", name, "known", strings.Join(Shipped(), ", "))
	}
	return p, nil
}
