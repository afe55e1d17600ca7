package web

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
)

// Penned says under a decision that it was made on paper, and who entered it; the
// template "penned" shows it, and nothing for nil.
type Penned struct {
	Name string // who entered it, and by whose authority
	Code string // of the slip
	Path string // of its page; "" for whoever may not open it
}

// Penned is what is said of a decision of a unit that was made on paper; nil for one
// that was made in the program.
func (r *Request) Penned(p *access.OnPaper, unit tree.UnitID) *Penned {
	if p == nil {
		return nil
	}
	said := &Penned{Name: p.Name, Code: p.Slip}
	if r.Actor.May(access.FolderPrint, unit) == nil {
		said.Path = "/slips/" + p.Slip
	}
	return said
}
