package document

import (
	"bytes"
	"encoding/base64"
)

// The data of a sheet lies in the file's XMP packet, which is stored as it is
// so that programs find it without understanding PDF. These words stand around
// it; the independent verifier looks for them, too.
const (
	dataBegins = "<giaoban:data>"
	dataEnds   = "</giaoban:data>"
)

func packet(data []byte) []byte {
	return []byte(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:giaoban="urn:giaoban">` +
		dataBegins + base64.StdEncoding.EncodeToString(data) + dataEnds + `</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`)
}

// Data reads the data out of a file that [Sheet.PDF] made; ok is false when
// there is none.
func Data(pdf []byte) (data []byte, ok bool) {
	_, rest, found := bytes.Cut(pdf, []byte(dataBegins))
	if !found {
		return nil, false
	}
	encoded, _, found := bytes.Cut(rest, []byte(dataEnds))
	if !found {
		return nil, false
	}
	data, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(encoded)))
	return data, err == nil
}
