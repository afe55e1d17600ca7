package web

import "giaoban/internal/base/marking"

// Secrecies are the levels of secrecy to choose from. Those above the ceiling are
// among them: who has such a document has to be told not to enter it.
func (r *Request) Secrecies() []Option {
	list := make([]Option, len(marking.Secrecies))
	for i, one := range marking.Secrecies {
		list[i] = Option{Value: string(one), Label: r.T(one.Text())}
	}
	return list
}

// Urgencies are the degrees of urgency to choose from.
func (r *Request) Urgencies() []Option {
	list := make([]Option, len(marking.Urgencies))
	for i, one := range marking.Urgencies {
		list[i] = Option{Value: string(one), Label: r.T(one.Text())}
	}
	return list
}
