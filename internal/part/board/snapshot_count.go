package board

func (n *count) code(c *coder) {
	number(c, &n.directive)
	number(c, &n.issuer)
	n.calendar.code(c)
	closed := n.closed != nil
	if c.flag(&closed); closed {
		if n.closed == nil {
			n.closed = &moment{}
		}
		number(c, &n.closed.position)
		number(c, &n.closed.today)
	}
	columns := n.columns
	list(c, &columns, func(v **column) {
		if c.out == nil {
			*v = &column{}
		}
		(*v).code(c, n.units)
	})
	if c.out == nil && c.err == nil {
		for _, column := range columns {
			n.put(column)
		}
	}
	list(c, &n.versions, func(v *version) { v.code(c) })
	table(c, &n.tightened, func(b *bound, day *int32) {
		number(c, &b.unit)
		c.text(&b.milestone)
		c.text(&b.level)
		number(c, day)
	})
	table(c, &n.standings, func(e *exception, s *standing) {
		number(c, &e.unit)
		c.text(&e.milestone)
		c.flag(&s.counts)
		number(c, &s.until)
	})
	table(c, &n.pending, func(report *int64, p *pending) { number(c, report); p.code(c) })
	if c.out == nil {
		n.newest = make(map[slot]int64, len(n.pending))
		for report, p := range n.pending {
			n.newest[p.slot] = report
		}
	}
}

func (v *version) code(c *coder) {
	number(c, &v.position)
	number(c, &v.number)
	document(c, &v.document)
	numbers(c, &v.columns)
	numbers(c, &v.deadlines)
	list(c, &v.places, func(places *[]int) { numbers(c, places) })
	document(c, &v.heads)
	document(c, &v.series)
}

func (p *pending) code(c *coder) {
	number(c, &p.slot.column)
	number(c, &p.slot.unit)
	list(c, (*[]value)(&p.content), func(v *value) {
		c.text(&v.indicator)
		c.text(&v.canonical)
		number(c, &v.number)
		c.flag(&v.isNumber)
	})
}

func (n *column) code(c *coder, u *units) {
	c.text(&n.milestone)
	number(c, &n.level)
	if c.out == nil && c.err == nil {
		if n.level < 0 || int(n.level) >= len(u.ranks) {
			c.err = errShapeless
			return
		}
		n.ranks = u.ranks[n.level]
	}
	number(c, &n.deadline)
	number(c, &n.shown)
	document(c, &n.series)
	list(c, &n.members, func(e *entrant) { e.part.code(c); number(c, &e.last) })
	list(c, &n.lanes, func(l *lane) { l.code(c) })
	n.log.code(c)
	c.bytes(&n.values)
}

func (p *part) code(c *coder) { number(c, &p.own); number(c, &p.lane); number(c, &p.values) }

func (l *lane) code(c *coder) {
	number(c, &l.limit.day)
	c.flag(&l.limit.fixed)
	number(c, &l.turned)
	if c.flag(&l.sparse); l.sparse {
		numbers(c, &l.inners)
		for at, rank := range l.inners {
			if rank < 0 || rank > mostRanks {
				c.err = errShapeless
				return
			}
			if c.out == nil {
				l.put(rank, int32(at))
			}
		}
	}
	list(c, &l.figures, func(f *figure) {
		f.tally.code(c)
		c.climbing(&f.changes)
		list(c, &f.tallies, func(t *tally) { t.code(c) })
		numbers(c, &f.sums)
	})
	list(c, &l.sums, func(s *Sum) { number(c, &s.Total); number(c, &s.Units) })
}

func (t *tally) code(c *coder) {
	number(c, &t.total)
	number(c, &t.done)
	number(c, &t.waiting)
	number(c, &t.provisional)
	number(c, &t.exempt)
	number(c, &t.apart)
}

// climbing keeps a list of rising numbers by what lies between them.
func (c *coder) climbing(items *[]int32) {
	last := int32(0)
	list(c, items, func(v *int32) {
		step := *v - last
		number(c, &step)
		*v = last + step
		last = *v
	})
}

func (l *changes) code(c *coder) {
	n := l.n
	number(c, &n)
	last := int64(0)
	for i := int32(1); i < n && c.err == nil; i++ {
		var read change
		if c.out != nil {
			read = *l.at(i)
		}
		step := read.position() - last
		number(c, &step)
		last += step
		read.was.code(c)
		read.is.code(c)
		number(c, &read.before)
		if c.out == nil {
			l.add(changeAt(last, read.was, read.is, read.before))
		}
	}
}
