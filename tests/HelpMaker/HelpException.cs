using System;

namespace AclAdmin.HelpMaker;

/// <summary>A page that help cannot be made of; the message states what to change.</summary>
internal sealed class HelpException(string message) : Exception(message);
