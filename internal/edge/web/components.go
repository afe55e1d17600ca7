package web

// components answers the page that shows every component in all its states.
func (f *Frame) components() func(*Request) error {
	screen := f.Screen(templates, "template/components.html")
	return func(r *Request) error {
		r.Layout().Title = r.T("web.components.title")
		return r.Render(screen, nil)
	}
}
