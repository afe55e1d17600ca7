export {DOMSerializer, Fragment, Node, Schema, Slice} from "prosemirror-model";
export {EditorState, NodeSelection, Plugin, TextSelection} from "prosemirror-state";
export {EditorView} from "prosemirror-view";
export {keymap} from "prosemirror-keymap";
export {baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn} from "prosemirror-commands";
export {history, redo, undo} from "prosemirror-history";
export {liftListItem, sinkListItem, splitListItem, wrapInList} from "prosemirror-schema-list";
export {addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, tableEditing, tableNodes} from "prosemirror-tables";
