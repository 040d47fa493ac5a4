;;; reportlint.el --- reportlint in Emacs with Eglot -*- lexical-binding: t -*-

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs
             '((text-mode markdown-mode) . ("reportlint" "server"
                                            :initializationOptions
                                            (:settings (:enable "auto")))))

(defun reportlint-start ()
  "Start reportlint for this draft if a configuration holds for it."
  (when (and buffer-file-name
             (locate-dominating-file buffer-file-name ".reportlint.yaml"))
    (eglot-ensure)))

(defun reportlint-fix-all ()
  "Apply every safe fix to this draft."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.reportlint" t))

(add-hook 'text-mode-hook #'reportlint-start)
(add-hook 'markdown-mode-hook #'reportlint-start)

;;; reportlint.el ends here
