package prose

// normal is the list in its normal form, nil when nothing is in it: each item says
// something, a list without an item above it has come up, and so have lists that are
// too deep.
func (l *List) normal() (*List, error) {
	left := MaxItems
	return l.at(1, &left)
}

// at is the list as one of the depth, taking its items from those that are left.
func (l *List) at(depth int, left *int) (*List, error) {
	clean := List{Ordered: l.Ordered}
	if l.Ordered && l.Start > 1 && l.Start < 10_000 {
		clean.Start = l.Start
	}
	for _, item := range l.Items {
		if *left--; *left < 0 {
			return nil, refuse("prose.list-long", "most", MaxItems)
		}
		line, err := item.Line.checked()
		if err != nil {
			return nil, err
		}
		if len(line) > 0 {
			clean.Items = append(clean.Items, Item{Line: line})
		}
		if item.List != nil {
			if err := clean.take(item.List, depth, left); err != nil {
				return nil, err
			}
		}
	}
	if len(clean.Items) == 0 {
		return nil, nil
	}
	return &clean, nil
}

// take puts a list below the last item, where there is one and it may have it, or else
// its items behind it.
func (l *List) take(below *List, depth int, left *int) error {
	last := len(l.Items) - 1
	if depth == MaxDepth || last < 0 {
		same, err := below.at(depth, left)
		if same != nil {
			l.Items = append(l.Items, same.Items...)
		}
		return err
	}
	deeper, err := below.at(depth+1, left)
	if err != nil || deeper == nil {
		return err
	}
	if there := l.Items[last].List; there != nil {
		there.Items = append(there.Items, deeper.Items...)
		return nil
	}
	l.Items[last].List = deeper
	return nil
}
