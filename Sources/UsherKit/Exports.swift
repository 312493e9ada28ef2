// A plugin imports UsherKit alone: the items it answers and the C types of its entry function come along.
@_exported public import CUsher
@_exported public import MetadataModel
@_exported public import ServiceText
