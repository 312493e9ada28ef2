// Who asks servers reads their answers too: items, elements and errors come along.
@_exported public import PlexDocuments
