using System;
using System.IO;
using System.Text;

namespace AclAdmin.Client.Http.Responses;

/// <summary>The text of an answer, decoded into a buffer that is used again: as a string, nearly every answer would be garbage of twice its size.</summary>
internal sealed class DecodedText : TextReader
{
    private readonly char[] _characters;
    private readonly int _length;
    private int _position;
    private bool _isDisposed;

    /// <summary>Decodes an answer.</summary>
    /// <param name="utf8">Its bytes. A byte order mark is no part of the text.</param>
    public DecodedText(byte[] utf8)
    {
        var start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        _characters = CharacterPool.Instance.Rent(utf8.Length);
        _length = Encoding.UTF8.GetChars(utf8, start, utf8.Length - start, _characters, 0);
    }

    /// <inheritdoc/>
    public override int Peek() => _position < _length ? _characters[_position] : -1;

    /// <inheritdoc/>
    public override int Read() => _position < _length ? _characters[_position++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        var read = Math.Min(count, _length - _position);
        Array.Copy(_characters, _position, buffer, index, read);
        _position += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _position = _length;
            CharacterPool.Instance.Return(_characters);
        }

        base.Dispose(disposing);
    }
}
