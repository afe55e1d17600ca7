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

// Marks is how secret and how urgent something is, in words; "" for neither.
func (r *Request) Marks(m marking.Marks) string {
	secrecy, urgency := r.T(m.Secrecy.Text()), r.T(m.Urgency.Text())
	switch {
	case !m.Any():
		return ""
	case m.Urgency == marking.Unhurried:
		return secrecy
	case m.Secrecy == marking.Ordinary:
		return urgency
	}
	return secrecy + " · " + urgency
}
