package document

import (
	"fmt"
	"math"
	"strconv"
)

// The namespaces of WordprocessingML.
var namespaces = []string{
	"xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

// twips is a length in millimetres in twentieths of a point, as Word measures.
func twips(mm float64) string { return strconv.Itoa(int(math.Round(mm * 1440 / 25.4))) }

// halves is a size in points in halves of a point, as Word measures.
func halves(points float64) string { return strconv.Itoa(int(math.Round(points * 2))) }

// runOf is how words are set in a face.
func runOf(f Face) []element {
	var set []element
	switch f.Style {
	case "B":
		set = append(set, node("w:b"), node("w:bCs"))
	case "I":
		set = append(set, node("w:i"), node("w:iCs"))
	}
	return append(set, value("w:sz", halves(f.Size)), value("w:szCs", halves(f.Size)))
}

// leadingOf is the height of lines of a face, and what is left free around them in
// millimetres.
func leadingOf(f Face, before, after float64) element {
	return node("w:spacing", "w:before", twips(before), "w:after", twips(after), "w:line", twips(f.leading()), "w:lineRule", "atLeast")
}

// styles are those that an office finds in the list of styles, so that it changes a
// paper as it would its own.
func styles(lang string) element {
	const face = "Times New Roman"
	all := node("w:styles", namespaces...).with(
		group("w:docDefaults",
			group("w:rPrDefault", group("w:rPr", append(
				[]element{node("w:rFonts", "w:ascii", face, "w:hAnsi", face, "w:eastAsia", face, "w:cs", face)},
				append(runOf(faceBody), node("w:lang", "w:val", lang, "w:eastAsia", lang))...)...)),
			group("w:pPrDefault", group("w:pPr", leadingOf(faceBody, 0, 0))),
		),
		node("w:style", "w:type", "paragraph", "w:default", "1", "w:styleId", "Normal").with(value("w:name", "Normal"), node("w:qFormat")),
		node("w:style", "w:type", "table", "w:default", "1", "w:styleId", "TableNormal").with(
			value("w:name", "Normal Table"),
			group("w:tblPr", node("w:tblInd", "w:w", "0", "w:type", "dxa"), cellMargins(0)),
		),
	)
	style := func(id, name string, f Face, paragraph ...element) {
		all = all.with(node("w:style", "w:type", "paragraph", "w:styleId", id).with(
			value("w:name", name), value("w:basedOn", "Normal"), node("w:qFormat"),
			group("w:pPr", paragraph...), group("w:rPr", runOf(f)...),
		))
	}
	style("Heading1", "heading 1", faceStrong, node("w:keepNext"), leadingOf(faceStrong, 2*after, after),
		node("w:ind", "w:firstLine", twips(indent)), value("w:outlineLvl", "0"))
	style("Heading2", "heading 2", faceStrong, node("w:keepNext"), leadingOf(faceStrong, after, after),
		node("w:ind", "w:firstLine", twips(indent)), value("w:outlineLvl", "1"))
	style("BodyText", "Body Text", faceBody, leadingOf(faceBody, 0, after), node("w:ind", "w:firstLine", twips(indent)), value("w:jc", "both"))
	style("ListParagraph", "List Paragraph", faceBody, leadingOf(faceBody, 0, after), value("w:jc", "both"))
	style("TableText", "Table Text", faceCell, leadingOf(faceCell, 0, 0))
	style("Header", "header", faceBody, value("w:jc", "center"))
	return all
}

// cellMargins are those around the text of a cell, in millimetres.
func cellMargins(mm float64) element {
	all := group("w:tblCellMar")
	for _, side := range []string{"top", "left", "bottom", "right"} {
		all = all.with(node("w:"+side, "w:w", twips(mm), "w:type", "dxa"))
	}
	return all
}

// The ids of lists: that of dashes, and that before the first numbered one.
const dashes = 1

// numbering is how lists are counted: each numbered one from 1 anew.
func numbering(lists int) element {
	abstract := func(id, format, text string) element {
		return node("w:abstractNum", "w:abstractNumId", id).with(
			value("w:multiLevelType", "singleLevel"),
			node("w:lvl", "w:ilvl", "0").with(
				value("w:start", "1"), value("w:numFmt", format), value("w:lvlText", text), value("w:lvlJc", "left"),
				group("w:pPr", node("w:ind", "w:left", twips(indent+hanging), "w:hanging", twips(hanging))),
			),
		)
	}
	all := node("w:numbering", namespaces...).with(
		abstract("0", "bullet", "-"), abstract("1", "decimal", "%1."),
		node("w:num", "w:numId", strconv.Itoa(dashes)).with(value("w:abstractNumId", "0")),
	)
	for i := range lists {
		all = all.with(node("w:num", "w:numId", strconv.Itoa(dashes+1+i)).with(
			value("w:abstractNumId", "1"),
			node("w:lvlOverride", "w:ilvl", "0").with(value("w:startOverride", "1")),
		))
	}
	return all
}

// settings have Word take the file for one of its own, and not of a version before.
func settings() element {
	return node("w:settings", namespaces...).with(
		group("w:compat", node("w:compatSetting",
			"w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")),
	)
}

// pageNumber stands at the top of each page but the first.
func pageNumber() element {
	field := func(kind string) element { return group("w:r", node("w:fldChar", "w:fldCharType", kind)) }
	code := element{name: "w:instrText", attrs: []string{"xml:space", "preserve"}, text: " PAGE "}
	return node("w:hdr", namespaces...).with(group("w:p",
		group("w:pPr", value("w:pStyle", "Header")),
		field("begin"), group("w:r", code), field("separate"), group("w:r", element{name: "w:t", text: "2"}), field("end"),
	))
}

// section is the paper's size and margins.
func section() element {
	return group("w:sectPr",
		node("w:headerReference", "w:type", "default", "r:id", fmt.Sprintf("rId%d", 4)),
		node("w:pgSz", "w:w", twips(pageWidth), "w:h", twips(pageHeight)),
		node("w:pgMar", "w:top", twips(paperTop), "w:right", twips(Right), "w:bottom", twips(paperBottom), "w:left", twips(Left),
			"w:header", twips(numberAt), "w:footer", twips(numberAt), "w:gutter", "0"),
		node("w:titlePg"),
	)
}
