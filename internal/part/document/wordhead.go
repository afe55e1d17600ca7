package document

import "slices"

// head is who issues the paper on the left, and the motto with place and date on the
// right: a table without lines, as offices make it themselves.
func (p Paper) head() []element {
	centred := func(f Face, text string) []element {
		if text == "" {
			return nil
		}
		return []element{setting{face: f, align: "center"}.set(text)}
	}
	left := centred(faceAbove, capitals(p.Above))
	left = append(left, centred(faceIssuer, capitals(p.Issuer))...)
	left = append(left, centred(faceAbove, "*")...)
	var right []element
	if motto := capitals(p.Motto); motto != "" {
		right = append(right, setting{face: faceMotto, align: "center", side: side(NewSheet("", "", p.Made).widthOf(faceMotto, motto))}.set(motto))
	}

	below := centred(faceAbove, flat(p.Number))
	below = append(below, centred(faceIssuer, capitals(p.Stamp))...)
	dated := centred(faceDated, flat(p.Dated))
	return []element{tableOf([]float64{headLeft, headRight}).with(
		group("w:tr", cellOf(headLeft, nil, left...), cellOf(headRight, nil, right...)),
		group("w:tr", cellOf(headLeft, nil, below...), cellOf(headRight, nil, dated...)),
	)}
}

// side is what a line under words of a width leaves free at both ends, in twips:
// Word draws a border as wide as the indents leave it.
func side(width float64) string {
	const slack = 0.5 // lest other faces of the same measures break the line
	return twips(max((headRight-width)/2-slack, 0))
}

// foot is the places to sign, with the recipients at the left.
func (p Paper) foot() []element {
	recipients := p.recipients()
	if len(p.Signatures) == 0 {
		return recipients
	}
	width := p.footWidth()
	table := tableOf(slices.Repeat([]float64{width}, max(len(p.Signatures), 2)))
	row := group("w:tr", group("w:trPr", node("w:cantSplit")))
	if len(p.Signatures) == 1 {
		one := p.Signatures[0]
		table = table.with(row.with(cellOf(width, nil, recipients...), cellOf(width, nil, append(one.above(), p.name(one)...)...)))
		recipients = nil
	} else {
		names := row // in a row of their own, so that they stand on one line
		for _, s := range p.Signatures {
			row, names = row.with(cellOf(width, nil, s.above()...)), names.with(cellOf(width, nil, p.name(s)...))
		}
		table = table.with(row, names)
	}
	empty := setting{face: faceCell, align: "left"}
	free := empty
	free.joined = true
	// Word wants a paragraph after a table.
	return append([]element{free.set(), table, empty.set()}, recipients...)
}

// footWidth is the width of the foot's columns in millimetres: recipients stand
// beside a single signature, and under several.
func (p Paper) footWidth() float64 { return Width / float64(max(len(p.Signatures), 2)) }

// above is what stands above the name of who signs.
func (s Signature) above() (all []element) {
	for _, w := range s.words() {
		if w.text != "" {
			all = append(all, setting{face: w.face, align: "center", joined: true}.set(w.text))
		}
	}
	return all
}

// name is the name of who signs, under the room for ink.
func (p Paper) name(s Signature) []element {
	if flat(s.Name) == "" {
		return nil
	}
	return []element{setting{face: faceStrong, align: "center", before: p.ink()}.set(flat(s.Name))}
}

func (p Paper) recipients() (all []element) {
	if len(p.Recipients.Names) == 0 {
		return nil
	}
	all = append(all, setting{face: faceBody, align: "left", under: true, joined: true}.set(flat(p.Recipients.Title)))
	for _, name := range p.Recipients.Names {
		all = append(all, setting{face: faceCell, align: "left"}.set("- "+flat(name)))
	}
	return all
}
