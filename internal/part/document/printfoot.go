package document

// foot is the places to sign, with the recipients at the left; what belongs to one
// signature stays on one page.
func (p *printer) foot(of Paper) {
	p.Skip(faceCell.leading())
	if len(of.Signatures) > 0 {
		p.signatures(of)
	}
	if len(of.Signatures) != 1 {
		p.recipients(of.Recipients, Width)
	}
}

func (p *printer) signatures(of Paper) {
	width := of.footWidth()
	above, names := 0.0, 0.0
	for _, s := range of.Signatures {
		above = max(above, p.height(width, s.words()...))
		names = max(names, p.height(width, words{faceStrong, flat(s.Name)}))
	}
	high := above + of.ink() + names
	first := Left
	if len(of.Signatures) == 1 {
		first += width
		high = max(high, p.recipientsHeight(of.Recipients, width))
	}
	p.need(high)
	top := p.y
	if len(of.Signatures) == 1 {
		p.recipients(of.Recipients, width)
	}
	for i, s := range of.Signatures {
		x := first + float64(i)*width
		p.column(x, top, width, s.words()...)
		p.column(x, top+above+of.ink(), width, words{faceStrong, flat(s.Name)})
	}
	p.y = top + high + faceCell.leading()
}

// ink is what is left free above the names, in millimetres: nothing where all of it
// is signed already.
func (p Paper) ink() float64 {
	for _, s := range p.Signatures {
		if !s.Signed {
			return ink
		}
	}
	return after
}

// words are what stands above the name of who signs, from the top down.
func (s Signature) words() []words {
	set := []words{{faceStrong, capitals(s.Authority)}, {faceBody, capitals(s.Post)}}
	for _, line := range lines(s.Note) {
		set = append(set, words{faceNote, line})
	}
	return set
}

// height is that of a column in millimetres.
func (p *printer) height(width float64, set ...words) (mm float64) {
	for _, w := range set {
		if w.text != "" {
			mm += float64(len(p.Lines(w.face, w.text, width))) * w.face.leading()
		}
	}
	return mm
}

func (p *printer) recipients(r Recipients, width float64) {
	if len(r.Names) == 0 {
		return
	}
	p.need(faceBody.leading() + faceCell.leading()) // the title is never alone
	title := flat(r.Title)
	p.set(faceBody, Left, width, "L", title)
	p.line(Left, p.y-0.9, p.widthOf(faceBody, title))
	for _, name := range r.Names {
		p.lines(faceCell, p.Lines(faceCell, "- "+flat(name), width), Left, 0, width, "L")
	}
}

func (p *printer) recipientsHeight(r Recipients, width float64) float64 {
	if len(r.Names) == 0 {
		return 0
	}
	mm := faceBody.leading()
	for _, name := range r.Names {
		mm += float64(len(p.Lines(faceCell, "- "+flat(name), width))) * faceCell.leading()
	}
	return mm
}
