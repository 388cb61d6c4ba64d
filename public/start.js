/* The first script could not be fetched or run, for instance because an update took it away: load the page once more,
   then show the words in index.html. Its mark is shared with src/views/shell/watchParts.ts. */
addEventListener('load', function () {
  var words = document.getElementById('late')
  if (!words) return
  var build = document.querySelector('script[type=module]').src
  var marked = true
  try {
    marked = sessionStorage.getItem('redwhistle-loaded-again') === build
    sessionStorage.setItem('redwhistle-loaded-again', build)
  } catch (e) { /* no storage, no reload: it could not be counted */ }
  if (marked) words.hidden = false
  else location.reload()
})
