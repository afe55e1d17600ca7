package web

import (
	"fmt"
	"net/http"
	"strconv"
)

// Pager is where a list's page stands in the whole, for the template "pager".
type Pager struct {
	From, To, Total int // of the rows shown, from 1
	Previous, Next  string
	Offset, Size    int // for the query's OFFSET and LIMIT
}

// pageQuery is the address's word for the page of a list, from 1.
const pageQuery = "page"

// Pager reads the page from the address and places it in a list of total rows,
// size of them to a page. The addresses keep everything else that was asked.
func (r *Request) Pager(total, size int) Pager {
	last := max((total+size-1)/size, 1)
	number, err := strconv.Atoi(r.Query(pageQuery))
	if err != nil {
		number = 1
	}
	number = min(max(number, 1), last)
	p := Pager{Offset: (number - 1) * size, Size: size, Total: total}
	p.From, p.To = min(p.Offset+1, total), min(p.Offset+size, total)
	if number > 1 {
		p.Previous = pageAddress(r.Request, number-1)
	}
	if number < last {
		p.Next = pageAddress(r.Request, number+1)
	}
	return p
}

func pageAddress(req *http.Request, number int) string {
	query := req.URL.Query()
	query.Set(pageQuery, strconv.Itoa(number))
	return fmt.Sprintf("%s?%s", req.URL.Path, query.Encode())
}
