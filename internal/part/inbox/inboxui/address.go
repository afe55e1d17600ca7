package inboxui

import "giaoban/internal/edge/web"

// addresses says to whom no letters go.
func (p *page) addresses(r *web.Request) {
	if own := p.Address; own.Email != "" {
		p.add("address", []line{{
			Path: "/account#data-head", What: r.T("inboxui.address", "address", own.Email), Small: []string{r.T("inboxui.address.since", "time", moment(r, own.Since))},
			Sign: "soon", Word: r.T("inboxui.address.mend"),
		}})
	}
	if p.Unreached > 0 {
		p.add("unreached", []line{{Path: "/admin#unreached", What: r.T("inboxui.unreached", "n", p.Unreached), Sign: "soon", Word: r.T("inboxui.address.mend"), count: p.Unreached}})
	}
}
